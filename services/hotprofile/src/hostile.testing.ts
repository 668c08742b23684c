import fc from 'fast-check'
import { type ContractOperation, type ContractParameter, operations } from './contract.testing.ts'
import type { TestHotprofile } from './hotprofile.testing.ts'

/** Texts that have broken programs before. */
const known = [
  ...[
    '',
    ' ',
    '　',
    '0',
    '-1',
    '01',
    '1.5',
    '1e3',
    '1e309',
    '-0',
    'NaN',
    'Infinity',
    '0x10',
    '٣',
    '１',
    'null',
  ],
  ...['true', 'TRUE', 'undefined', '[]', '{}', '[object Object]', '__proto__', 'constructor', 'toString'],
  ...['2147483647', '2147483648', '99999999999', '9007199254740993', '-9223372036854775809', '1'.repeat(400)],
  ...[
    "'",
    '"',
    "' OR 1=1 --",
    '"; DROP TABLE leads; --',
    '\\',
    '%',
    '_',
    '*',
    '(',
    ')',
    'a AND b',
    'NOT',
    'NEAR(',
  ],
  ...[
    '"a" *',
    'name : x',
    '{name} : x',
    '^a',
    'a OR',
    '--',
    ';',
    '?',
    '$1',
    ':x',
    '@x',
    '\ue000',
    '\ue020',
    '\u0001',
  ],
  ...[
    '\0',
    'a\0b',
    '\n',
    '\r\n',
    '\t',
    '\u2028',
    '\ufeff',
    '\ufffd',
    '‮',
    'é',
    'e\u0301',
    'ﬃ',
    'İ',
    'ß',
    '😀',
    '👩‍👩‍👧‍👦',
  ],
  ...[
    '2016/03/23',
    '2016/3/23',
    '2016-03-23',
    '0000/00/00',
    '0000/01/01',
    '9999/12/31',
    '2026/02/29',
    '2016/13/01',
  ],
  ...[
    '2016/03/23 12:05:11',
    '2016/03/23 24:00:00',
    '2016/03/23 12:05:60',
    '9999/12/31 23:59:59',
    '0001/01/01 00:00:00',
  ],
  ...[
    '1,2',
    '1,,2',
    ',',
    '1;2',
    '1 , 2',
    '1,'.repeat(2000),
    '999.99999999999999',
    '1234',
    '1.123456789012345',
    '.5',
  ],
  ...['<script>alert(1)</script>', '../../etc/passwd', '{{7*7}}', '%s%n', 'asc; --', 'DESC', 'id', 'r.id'],
  ...[
    'あ',
    '山田',
    '㍿',
    '髙﨑',
    'ｱｲｳ',
    'a'.repeat(100),
    'あ'.repeat(3000),
    'あ'.repeat(3001),
    'x y '.repeat(700),
  ],
  Array.from({ length: 1500 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join(' '),
]

const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...known) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 300 }) },
  { weight: 1, arbitrary: fc.integer().map(String) },
)

interface Hostile {
  readonly operation: ContractOperation
  readonly pairs: readonly (readonly [string, string])[]
}

const parameters = operations.flatMap((operation) =>
  operation.parameters.map((parameter) => ({ operation, parameter })),
)

/** `count` inputs; the parameter of each is the next one of all 307, so each has its share. */
export function hostileInputs(count: number, seed: number): Hostile[] {
  const drawn = fc.sample(fc.record({ value, other: value, which: fc.nat(), how: fc.nat(9) }), {
    numRuns: count,
    seed,
  })
  return drawn.map((one, index) => {
    const { operation, parameter } = parameters[index % parameters.length] as (typeof parameters)[number]
    const rest = operation.parameters[one.which % operation.parameters.length] as ContractParameter
    const pairs: [string, string][] = [[parameter.key, one.value]]
    for (const { key, required } of operation.parameters) {
      if (required && key !== parameter.key) pairs.push([key, '1'])
    }
    if (one.how < 3 && rest.key !== parameter.key) pairs.push([rest.key, one.other])
    if (one.how === 3) pairs.push([parameter.key, one.other])
    if (one.how === 4) pairs.push(['__proto__', 'x'], ['page[number][x]', '1'], ['search', 'x'])
    return { operation, pairs }
  })
}

/** What is wrong with the answer; `undefined` when it is 2xx, or a 4xx that names what was sent. */
export async function oddAnswer(
  { app, key }: TestHotprofile,
  { operation, pairs }: Hostile,
): Promise<string | undefined> {
  const query = new URLSearchParams([
    ...pairs.map(([name, text]): [string, string] => [name, text]),
    ['api_key', key],
  ])
  const { body, statusCode } = await app.inject({ method: 'POST', url: `${operation.path}?${query}` })
  if (statusCode >= 200 && statusCode < 300) return undefined
  const { errors } = JSON.parse(body) as { errors?: { parameter: string | null }[] }
  const sent = new Set(pairs.map(([name]) => name))
  // Of a parameter given twice, the kit says which one: `note.1`.
  const isNamed = errors?.every(
    (one) => one.parameter !== null && sent.has(one.parameter.replace(/\.\d$/, '')),
  )
  const isRefusal = statusCode >= 400 && statusCode < 500 && statusCode !== 401 && statusCode !== 429
  if (isRefusal && isNamed === true) return undefined
  return `${operation.operationId} ${JSON.stringify(pairs).slice(0, 500)}: ${statusCode} ${body.slice(0, 500)}`
}
