import { createHmac } from 'node:crypto'

/*
 * Draws and names that depend on (seed, path, count) only (M12), so that branches that exchange their
 * order keep their values. Draws are uniform, not secret; what must be unguessable is an HMAC of the seed.
 */

/** Scrambles 32 bits so that every input bit reaches every output bit. */
function scramble(bits: number): number {
  let x = bits
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}

/** The n-th draw (from 0) of the action run at `path`: 0 ≤ x < 1, 53 bits. */
export function drawAt(seed: string, path: string, n: number): number {
  let high = 0x9e3779b9 ^ seed.length
  let low = 0x243f6a88 ^ path.length
  const text = `${seed}\n${path}`
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    high = Math.imul(high ^ unit, 0x01000193)
    low = Math.imul(low + unit, 0x85ebca6b) ^ (high >>> 13)
  }
  const first = scramble(high ^ scramble(low + Math.imul(n, 0x9e3779b1)))
  const second = scramble(low ^ scramble(first + Math.imul(n, 0xc2b2ae35) + 1))
  return ((first >>> 5) * 0x4000000 + (second >>> 6)) / 0x20000000000000
}

/** Signature of the callback address of the action run at `path`; nobody without the seed can make it. */
export function callbackSignature(seed: string, path: string): string {
  return createHmac('sha256', seed).update(`callback\n${path}`).digest('base64url')
}

/** A GUID-shaped tracking id of the action run at `path`, the same on every replay; not a secret. */
export function trackingId(seed: string, path: string): string {
  const word = (n: number) => Math.floor(drawAt(`tracking ${seed}`, path, n) * 0x100000000)
  const hex = [0, 1, 2, 3].map((n) => word(n).toString(16).padStart(8, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
