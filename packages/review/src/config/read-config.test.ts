import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { defaultConfig } from './defaults.ts'
import { configOfRequest, readConfig } from './read-config.ts'
import { type ReviewConfig, scoringNames } from './scoring-config.ts'

const encoder = new TextEncoder()

function file(name: string, content: unknown) {
  return {
    name,
    bytes: encoder.encode(typeof content === 'string' ? content : JSON.stringify(content, undefined, 1)),
  }
}

/** The four files of a configuration in the product's form. */
function filesOf({ complexity, naming, ratings, scoring }: ReviewConfig) {
  const { reference, ...limits } = ratings
  return [
    file('complexityConfig.json', {
      sReference: complexity.reference,
      aComplexityTemplate: complexity.entries.map((entry) => ({
        Name: entry.name,
        Complexity: entry.complexity,
      })),
    }),
    file('namingConfig.json', {
      oNamingTemplate: {
        sReference: naming.reference,
        char: naming.char,
        data: naming.entries.map(({ type, letter }) => ({ Type: type, Letter: letter })),
      },
    }),
    file('ratingsConfig.json', { sReference: reference, oRatingsTemplate: limits }),
    file('scoringConfig.json', {
      sReference: scoring.reference,
      aScoringTemplate: scoringNames.map((name) => ({ Name: name, Score: scoring.scores[name], Note: '' })),
    }),
  ]
}

test('the default has 63 complexity entries and 100 points', () => {
  expect(defaultConfig.complexity.entries).toHaveLength(63)
  const { scores } = defaultConfig.scoring
  const heads = [
    'exceptionScope',
    'mainScope',
    'varNaming',
    'varUsed',
    'varConstant',
    'variables',
    'composes',
    'connections',
    'complexityGreen',
    'actionsGreen',
  ] as const
  expect(heads.reduce((sum, name) => sum + scores[name], 0)).toBe(100)
})

test('nothing given is the default', () => {
  expect(readConfig([])).toEqual({ config: defaultConfig, problems: [] })
  for (const configs of [undefined, null, {}, { type: 'json', complexity: [], naming: null }])
    expect(configOfRequest(configs)).toEqual({ config: defaultConfig, problems: [] })
})

test('any configuration survives its files, alone and zipped', () => {
  const points = fc.oneof(fc.integer({ min: -20, max: 200 }), fc.constantFrom(0.5, 2.25))
  const config: fc.Arbitrary<ReviewConfig> = fc.record({
    complexity: fc.record({
      reference: fc.string(),
      entries: fc.array(fc.record({ name: fc.string(), complexity: points }), { maxLength: 5 }),
    }),
    naming: fc.record({
      reference: fc.string(),
      char: fc.nat(5),
      entries: fc.array(fc.record({ type: fc.string(), letter: fc.string() }), { maxLength: 5 }),
    }),
    ratings: points.map((limit) => ({ ...defaultConfig.ratings, reference: 'ours', actionsRe: limit })),
    scoring: points.map((score) => ({
      reference: 'ours',
      scores: { ...defaultConfig.scoring.scores, mainScope: score },
    })),
  })
  fc.assert(
    fc.property(config, (written) => {
      const files = filesOf(written)
      expect(readConfig(files)).toEqual({ config: written, problems: [] })
      const bytes = zipSync(
        Object.fromEntries(files.map(({ name, bytes: content }) => [`Config/${name}`, content])),
      )
      expect(readConfig([{ name: 'ours.zip', bytes }])).toEqual({ config: written, problems: [] })
    }),
    { numRuns: 30 },
  )
})

test('one file changes its part alone, whatever its name', () => {
  const { config, problems } = readConfig([
    file('naming for us.json', { oNamingTemplate: { sReference: 'ours', char: '2', data: [] } }),
  ])
  expect(problems).toEqual([])
  expect(config).toEqual({ ...defaultConfig, naming: { reference: 'ours', char: 2, entries: [] } })
})

describe('what is wrong is told with its place, and the default stands', () => {
  test('an entry without a key, of the wrong kind, or no object', () => {
    const broken = [
      { Name: 'Compose' },
      { Name: 5, Complexity: '7' },
      'Compose',
      { Name: 'Wait', Complexity: 1 },
    ]
    const { config, problems } = readConfig([file('complexityConfig.json', { aComplexityTemplate: broken })])
    expect(config).toEqual(defaultConfig)
    expect(problems.map(({ pointer, line, message }) => [pointer, line, message])).toEqual([
      ['/aComplexityTemplate/0/Complexity', 3, '"Complexity" is missing.'],
      ['/aComplexityTemplate/1/Name', 7, '"Name" must be a text, not "5".'],
      ['/aComplexityTemplate/2', 10, '"Name" is missing.'],
      ['/aComplexityTemplate/2', 10, '"Complexity" is missing.'],
    ])
    for (const { code, file: name, hint } of problems) {
      expect([code, name]).toEqual(['Review.BadConfigValue', 'complexityConfig.json'])
      expect(hint).toMatch(/\.$/)
    }
  })

  test.each<[string, string, unknown, string]>([
    ['no char', 'namingConfig.json', { oNamingTemplate: { data: [] } }, '"char" is missing.'],
    [
      'half a character',
      'namingConfig.json',
      { oNamingTemplate: { char: 0.5, data: [] } },
      '"0.5" is no number of characters.',
    ],
    ['no list of types', 'namingConfig.json', { oNamingTemplate: { char: 1 } }, 'A list is expected here.'],
    [
      'a missing limit',
      'ratingsConfig.json',
      { oRatingsTemplate: { complexityAm: 1 } },
      '"complexityRe" is missing.',
    ],
    [
      'a limit that is no number',
      'ratingsConfig.json',
      { oRatingsTemplate: { complexityAm: true } },
      '"complexityAm" must be a number, not "true".',
    ],
    [
      'nineteen scores',
      'scoringConfig.json',
      { aScoringTemplate: scoringNames.slice(1).map((Name) => ({ Name, Score: 1 })) },
      'The scoring has 19 entries, not 20. Missing: exceptionScope.',
    ],
    [
      'a score of something else',
      'scoringConfig.json',
      { aScoringTemplate: [...scoringNames.slice(1), 'luck'].map((Name) => ({ Name, Score: 1 })) },
      'The score has no entry "luck".',
    ],
    ['no root key', 'ratingsConfig.json', { complexityAm: 1 }, 'The root key "oRatingsTemplate" is missing.'],
  ])('%s', (_what, name, content, message) => {
    const { config, problems } = readConfig([file(name, content)])
    expect(config).toEqual(defaultConfig)
    expect(problems[0]).toMatchObject({ code: 'Review.BadConfigValue', severity: 'error', message })
  })

  test('a file that is not JSON has a line', () => {
    const { problems } = readConfig([file('ratingsConfig.json', '{\n  "sReference": oops\n}')])
    expect(problems).toEqual([
      expect.objectContaining({ code: 'Review.BadConfig', line: 2, file: 'ratingsConfig.json' }),
    ])
  })

  test('a file or archive with nothing of ours is told', () => {
    const other = zipSync({ 'flow.json': encoder.encode('{}') })
    for (const given of [file('package.json', {}), { name: 'flow.zip', bytes: other }])
      expect(readConfig([given]).problems).toEqual([expect.objectContaining({ code: 'Review.BadConfig' })])
  })

  test('a broken archive is told', () => {
    const bytes = encoder.encode('PK\u0003\u0004 and nothing else')
    expect(readConfig([{ name: 'broken.zip', bytes }]).problems).toEqual([
      expect.objectContaining({ code: 'Review.BadConfig', file: 'broken.zip' }),
    ])
  })
})

describe('a request', () => {
  test('configures in the form of the connector', () => {
    const { config, problems } = configOfRequest({
      type: 'review',
      complexity: [{ Name: 'Compose', Complexity: 9 }],
      naming: { char: 3, data: [{ Type: 'string', Letter: 'str' }] },
      ratings: { ...defaultConfig.ratings, complexityAm: 10 },
      scoring: scoringNames.map((Name) => ({ Name, Score: 5, Note: 'all alike' })),
    })
    expect(problems).toEqual([])
    expect(config.complexity).toEqual({ reference: 'request', entries: [{ name: 'Compose', complexity: 9 }] })
    expect(config.naming.entries).toEqual([{ type: 'string', letter: 'str' }])
    expect(config.ratings.complexityAm).toBe(10)
    expect(Object.values(config.scoring.scores)).toEqual(scoringNames.map(() => 5))
  })

  test('may hold the product’s files as they are', () => {
    const complexity = { sReference: 'team', aComplexityTemplate: [{ Name: 'If', Complexity: 1 }] }
    expect(configOfRequest({ complexity }).config.complexity).toEqual({
      reference: 'team',
      entries: [{ name: 'If', complexity: 1 }],
    })
  })

  test('tells what is wrong by pointers below "configs"', () => {
    const { config, problems } = configOfRequest({
      complexity: [{ Name: 'If' }],
      ratings: 'high',
      scoring: [1],
    })
    expect(config).toEqual(defaultConfig)
    expect(problems.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/complexity/0/Complexity', '/ratings', '/scoring/0']),
    )
  })

  test('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), fc.jsonValue(), (any, json) => {
        for (const configs of [
          any,
          { complexity: any, naming: any, ratings: any, scoring: any },
          { complexity: [json], naming: { data: json } },
        ])
          expect(configOfRequest(configs).config).toBeDefined()
      }),
    )
  })

  test('keys like __proto__ do nothing', () => {
    const configs: unknown = JSON.parse('{"__proto__": {"complexity": [{"Name": "If", "Complexity": 99}]}}')
    expect(configOfRequest(configs).config).toEqual(defaultConfig)
    const scoring: unknown = JSON.parse('{"scoring": [{"Name": "__proto__", "Score": 5}]}')
    expect(configOfRequest(scoring).config).toEqual(defaultConfig)
  })
})
