import { memoize } from './bounded-memo.ts'
import { localeTag } from './culture.ts'

const regionsOf: Readonly<Record<string, string>> = {
  EUR: 'AD AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK',
  USD: 'US EC PR SV PA',
  GBP: 'GB',
  CHF: 'CH LI',
  DKK: 'DK FO GL',
  SEK: 'SE',
  NOK: 'NO',
  ISK: 'IS',
  PLN: 'PL',
  CZK: 'CZ',
  HUF: 'HU',
  RON: 'RO',
  BGN: 'BG',
  RSD: 'RS',
  UAH: 'UA',
  RUB: 'RU',
  TRY: 'TR',
  JPY: 'JP',
  CNY: 'CN',
  KRW: 'KR',
  INR: 'IN',
  IDR: 'ID',
  THB: 'TH',
  VND: 'VN',
  MYR: 'MY',
  PHP: 'PH',
  SGD: 'SG',
  HKD: 'HK',
  TWD: 'TW',
  AUD: 'AU',
  NZD: 'NZ',
  CAD: 'CA',
  MXN: 'MX',
  BRL: 'BR',
  ARS: 'AR',
  CLP: 'CL',
  COP: 'CO',
  PEN: 'PE',
  ZAR: 'ZA',
  EGP: 'EG',
  MAD: 'MA',
  NGN: 'NG',
  KES: 'KE',
  ILS: 'IL',
  SAR: 'SA',
  AED: 'AE',
  QAR: 'QA',
  KWD: 'KW',
  PKR: 'PK',
  BDT: 'BD',
  LKR: 'LK',
  KZT: 'KZ',
  GEL: 'GE',
}
const currencyOf = new Map(
  Object.entries(regionsOf).flatMap(([currency, regions]) =>
    regions.split(' ').map((region) => [region, currency]),
  ),
)

/** How a culture writes amounts: what stands around the digits, and how many places there are. */
export interface CurrencyStyle {
  readonly places: number
  readonly positive: readonly [before: string, after: string]
  readonly negative: readonly [before: string, after: string]
}

/** The style of a locale with the currency of its region; the generic sign where that is not known. */
export const currencyStyle: (locale: string) => CurrencyStyle = memoize(100, (locale) => {
  if (locale === '') return { places: 2, positive: ['¤', ''], negative: ['(¤', ')'] }
  const tag = localeTag(locale)
  const region = new Intl.Locale(tag).maximize().region ?? ''
  const currency = currencyOf.get(region) ?? 'XXX'
  const format = new Intl.NumberFormat(tag, { style: 'currency', currency, numberingSystem: 'latn' })
  return {
    places: format.resolvedOptions().maximumFractionDigits ?? 2,
    positive: around(format.formatToParts(1)),
    negative: around(format.formatToParts(-1)),
  }
})

/** What stands before and after the digits among the parts of a formatted number. */
export function around(parts: readonly Intl.NumberFormatPart[]): [before: string, after: string] {
  const isDigit = (part: Intl.NumberFormatPart) => /^(integer|group|decimal|fraction)$/.test(part.type)
  const first = parts.findIndex(isDigit)
  const last = parts.length - 1 - [...parts].reverse().findIndex(isDigit)
  const text = (some: readonly Intl.NumberFormatPart[]) => some.map((part) => part.value).join('')
  return [text(parts.slice(0, first)), text(parts.slice(last + 1))]
}
