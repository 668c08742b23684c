/**
 * Time zones by their Windows or IANA names. Offsets come from Intl and are remembered per quarter of an hour,
 * the finest step at which zones change; what is remembered never changes a result.
 */
import { createRequire } from 'node:module'
import { quoted } from '@flowstead/errors'
import { expressionError } from '../errors.ts'
import { memoize } from '../text/bounded-memo.ts'
import { dayMs, daysFromCivil, type Moment, momentAt } from './moment.ts'

/** A zone that answers how far ahead of UTC its clocks are. */
export interface Zone {
  readonly name: string
  /** Milliseconds to add to UTC at an instant. */
  offsetAt(ms: number): number
}

const require = createRequire(import.meta.url)

/** IANA names of a territory by Windows names; the table is loaded with the first zone. */
const windowsZones: (territory: string) => ReadonlyMap<string, string> = memoize(1, (territory) => {
  const { WINDOWS_TO_IANA_MAP }: typeof import('windows-iana') = require('windows-iana')
  const rows = WINDOWS_TO_IANA_MAP.filter((row) => row.territory === territory)
  return new Map(rows.map((row) => [plain(row.windowsName), row.iana[0]]))
})
const anywhere = '001'

/** Letters, digits and signs only: punctuation of names varies. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9+-]/g, '')
}

/** The zone of a Windows or IANA name, ignoring case. @throws `Expression.Value` for a name nobody knows */
export const zoneNamed: (name: string) => Zone = memoize(200, (name) => {
  try {
    return makeZone(windowsZones(anywhere).get(plain(name)) ?? name)
  } catch (cause) {
    throw expressionError('Expression.Value', `There is no time zone ${quoted(name)}.`, {
      hint: 'Use a name such as "W. Europe Standard Time" or "Europe/Berlin".',
      cause,
    })
  }
})

const quarterMs = 900_000
const mostOffsets = 5000

function makeZone(name: string): Zone {
  if (name === 'Etc/UTC') return { name, offsetAt: () => 0 }
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const known = new Map<number, number>()
  return {
    name,
    offsetAt(ms) {
      const quarter = Math.floor(ms / quarterMs)
      let offset = known.get(quarter)
      if (offset === undefined) {
        if (known.size >= mostOffsets) known.clear()
        offset = measure(format, quarter * quarterMs)
        known.set(quarter, offset)
      }
      return offset
    },
  }
}

function measure(format: Intl.DateTimeFormat, ms: number): number {
  const [month = 1, day = 1, year = 1, hour = 0, minute = 0, second = 0] = (
    format.format(ms).match(/\d+/g) ?? []
  ).map(Number)
  return daysFromCivil(year, month, day) * dayMs + ((hour * 60 + minute) * 60 + second) * 1000 - ms
}

/** The clock of a zone at an instant of UTC. */
export function toZone(moment: Moment, zone: Zone): Moment {
  return momentAt(moment.ms + zone.offsetAt(moment.ms), moment.fine, false)
}

/**
 * The instant at which a zone's clock shows a time; a time that occurs twice means standard time.
 * @throws `Expression.Value` for a time that the clock skips
 */
export function fromZone(moment: Moment, zone: Zone): Moment {
  const candidates = [zone.offsetAt(moment.ms - dayMs), zone.offsetAt(moment.ms + dayMs)]
  const right = candidates.filter((offset) => zone.offsetAt(moment.ms - offset) === offset)
  if (right.length === 0)
    throw expressionError('Expression.Value', `The clocks of ${quoted(zone.name)} skip this time.`)
  return momentAt(moment.ms - Math.min(...right), moment.fine, true)
}
