import type { RunId } from './ports.ts'

/**
 * The key every attempt of a call carries: run id and path of the action, so that it is the same over retries
 * and restarts and differs per action, repetition and run. Header-safe: what is not printable ASCII is encoded.
 */
export function idempotencyKey(run: RunId, path: string): string {
  return `${run}/${path.replace(/[^\x21-\x7e]/gu, encoded)}`
}

function encoded(character: string): string {
  const isLoneSurrogate = /^[\ud800-\udfff]$/.test(character)
  return isLoneSurrogate ? `%u${character.charCodeAt(0).toString(16)}` : encodeURIComponent(character)
}
