import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMoment } from './format-date.ts'
import { momentAt } from './moment.ts'
import { parseMoment } from './parse-date.ts'
import { parseExact } from './parse-exact.ts'
import { formatSpan, parseSpan, spanText } from './time-span.ts'
import { addUnits } from './time-unit.ts'
import { fromZone, toZone, zoneNamed } from './zones.ts'

const moments = fc
  .tuple(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), fc.nat(9999), fc.boolean())
  .map(([ms, fine, isUtc]) => momentAt(ms, fine, isUtc))

const refused = expect.objectContaining({ code: 'Expression.Value' })

test('the round-trip format reads back as the same moment', () => {
  fc.assert(
    fc.property(moments, (moment) => {
      expect(parseMoment(formatMoment(moment, 'o'))).toEqual(moment)
      expect(parseExact(formatMoment(moment, 'O'), 'O', 'en-us')).toEqual(moment)
    }),
  )
})

describe('parseMoment', () => {
  test.each([
    ['2018-03-15', '2018-03-15T00:00:00.0000000'],
    ['2018-03-15T13:30', '2018-03-15T13:30:00.0000000'],
    ['2018-03-15 13:30:45.5', '2018-03-15T13:30:45.5000000'],
    ['2018-03-15T13:30:45+02:00', '2018-03-15T11:30:45.0000000Z'],
    ['2018-03-15T13:30:45.12345678Z', '2018-03-15T13:30:45.1234568Z'],
    ['Thu, 15 Mar 2018 13:30:45 GMT', '2018-03-15T13:30:45.0000000Z'],
    ['3/15/2018 1:05:06 pm', '2018-03-15T13:05:06.0000000'],
    ['15 March 2018', '2018-03-15T00:00:00.0000000'],
    ['March 2018', '2018-03-01T00:00:00.0000000'],
    ['2018/3/5 12:00 AM', '2018-03-05T00:00:00.0000000'],
    ['3/15/49', '2049-03-15T00:00:00.0000000'],
  ])('%s', (text, result) => {
    expect(formatMoment(parseMoment(text), 'o')).toBe(result)
  })

  test.each([
    '',
    'x',
    '2018-02-30',
    '2018-13-01',
    '2018-03-15T25:00',
    '15',
    '2018-03-15T10:00:61',
    '1/2/3/4',
    '99:99',
  ])('%j is refused', (text) => {
    expect(() => parseMoment(text)).toThrow(refused)
  })
})

describe('formats', () => {
  const moment = parseMoment('2018-03-05T09:08:07.0100000Z')

  test.each([
    ['d', 'de-DE', '05.03.2018'],
    ['t', 'de-DE', '09:08'],
    ['f', 'en-us', 'Monday, March 5, 2018 9:08 AM'],
    ['M', 'de-DE', '5. März'],
    ["d 'of' MMMM", 'en-us', '5 of March'],
    ['d MMMM', 'ru-RU', '5 марта'],
    ['MMMM yyyy', 'ru-RU', 'март 2018'],
    ['HH\\hmm K zzz', 'en-us', '09h08 Z +00:00'],
    ['%F', 'en-us', ''],
    ['s.FF', 'en-us', '7.01'],
  ])('%s in %s', (format, locale, text) => {
    expect(formatMoment(moment, format, locale)).toBe(text)
  })

  test.each(['q', "'open", 'yyyy\\', '%', '%%', 'ffffffff'])('%j is refused', (format) => {
    expect(() => formatMoment(moment, format)).toThrow(refused)
  })
})

describe('zones', () => {
  test('Windows and IANA names mean the same, in any case', () => {
    const moment = parseMoment('2021-07-01T12:00:00Z')
    for (const name of [
      'W. Europe Standard Time',
      'w europe standard time',
      'Europe/Berlin',
      'europe/berlin',
    ])
      expect(formatMoment(toZone(moment, zoneNamed(name)), 'HH:mm')).toBe('14:00')
  })

  test('a time that the clock skips is refused', () => {
    const zone = zoneNamed('Europe/Berlin')
    expect(() => fromZone(parseMoment('2021-03-28T02:30:00'), zone)).toThrow(refused)
  })

  test('there and back again is the same instant', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Apia', 'UTC')
    const instants = fc.integer({ min: 0, max: 1_900_000_000_000 })
    fc.assert(
      fc.property(instants, zones, (ms, name) => {
        const zone = zoneNamed(name)
        const back = fromZone(toZone(momentAt(ms, 0, true), zone), zone)
        // The hour that occurs twice means its second time.
        expect([0, 3_600_000, 86_400_000]).toContain(back.ms - ms)
      }),
    )
  })
})

test('months clamp, and the calendar has an end', () => {
  expect(formatMoment(addUnits(parseMoment('2020-01-31'), 1, 'Month'), 'yyyy-MM-dd')).toBe('2020-02-29')
  expect(() => addUnits(parseMoment('9999-12-31'), 1, 'day')).toThrow(refused)
  expect(() => addUnits(parseMoment('2020-01-01'), -3000, 'year')).toThrow(refused)
})

describe('spans', () => {
  test('what is printed reads back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (ticks) => {
        expect(parseSpan(spanText(ticks))).toBe(ticks)
      }),
    )
  })

  test.each([
    ['1.02:03:04.5', 'g', '1:2:03:04.5'],
    ['1.02:03:04.5', 'G', '1:02:03:04.5000000'],
    ['-02:03:04', 'c', '-02:03:04'],
    ['P1DT2H3M4.5S', 'c', '1.02:03:04.5000000'],
    ['-PT90M', 'c', '-01:30:00'],
    ['P2W', 'c', '14.00:00:00'],
    ['1.02:03:04.5', "d' days 'h\\hf", '1 days 2h5'],
  ])('%s in %s', (text, format, result) => {
    expect(formatSpan(parseSpan(text), format)).toBe(result)
  })

  test.each(['', 'P', 'PT', 'P1M', 'P1Y', '25:00:00', '1:60', 'x'])('%j is refused', (text) => {
    expect(() => parseSpan(text)).toThrow(refused)
  })
})
