/** `2026-01-02T03:04:05.6780000Z`: an instant in ms since the epoch as histories show it. */
export function isoInstant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}0000Z`
}

/** Milliseconds since the epoch of an ISO 8601 instant; without zone it is UTC. `undefined` when it is none. */
export function instantMs(text: string): number | undefined {
  const match = /^(\d{4,}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/i.exec(text.trim())
  if (match === null) return undefined
  const ms = Date.parse(`${match[1]}${(match[2] ?? '').slice(0, 4)}${match[3] ?? 'Z'}`)
  return Number.isNaN(ms) ? undefined : ms
}

const durationPattern =
  /^(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i

const unitMs = [31_536_000_000, 2_592_000_000, 604_800_000, 86_400_000, 3_600_000, 60_000, 1_000]

/** Milliseconds of an ISO 8601 duration (a year is 365 days, a month 30); `undefined` when it is none. */
export function durationMs(text: string): number | undefined {
  const match = durationPattern.exec(text.trim())
  if (match === null || /[PT]$/i.test(text.trim())) return undefined
  const total = unitMs.reduce((sum, unit, place) => sum + unit * Number(match[place + 2] ?? 0), 0)
  return match[1] === undefined ? total : -total
}
