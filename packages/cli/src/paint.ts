/** Colours for a terminal; without colour every function gives its text back. */
export interface Paint {
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
  readonly warn: (text: string) => string
  readonly dim: (text: string) => string
  readonly strong: (text: string) => string
}

/** Colour is never the only sign, so `plain` loses nothing. */
export function createPaint(colour: 'colour' | 'plain'): Paint {
  const wrap = (code: number) => (text: string) => (colour === 'plain' ? text : `\x1b[${code}m${text}\x1b[0m`)
  return { good: wrap(32), bad: wrap(31), warn: wrap(33), dim: wrap(2), strong: wrap(1) }
}

const good: ReadonlySet<string> = new Set(['Succeeded', 'ACKNOWLEDGED'])
const bad: ReadonlySet<string> = new Set(['Failed', 'TimedOut', 'FAILED', 'DEAD_LETTERED'])
const open: ReadonlySet<string> = new Set(['Running', 'Waiting', 'PUBLISHED', 'PROCESSING'])

/** A status word of a run, an action or an event in its colour. */
export function paintStatus(status: string, paint: Paint): string {
  if (good.has(status)) return paint.good(status)
  if (bad.has(status)) return paint.bad(status)
  return open.has(status) ? paint.warn(status) : paint.dim(status)
}
