import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectorFacts } from '../facts.ts'
import { normalizeApiName, openConnectorLibrary } from './library.ts'

describe('a library', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'connectors-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  const put = (name: string, definition: string | Buffer, properties = '{"properties":{}}') => {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'apiDefinition.swagger.json'), definition)
    writeFileSync(join(folder, name, 'apiProperties.json'), properties)
  }
  const good = '{"swagger":"2.0","paths":{"/a":{"get":{"operationId":"GetA"}}}}'

  test('a broken folder is named, the others load', () => {
    put('Good', good)
    put('Broken', '{"swagger": "2.0",\n "paths" }')
    mkdirSync(join(folder, 'Empty'))
    const { connectors, problems } = openConnectorLibrary([folder]).loadAll()
    expect(connectors.map(({ name }) => name)).toEqual(['Good'])
    expect(problems).toEqual([
      expect.objectContaining({ name: 'Broken', line: 2, column: expect.any(Number) }),
      expect.objectContaining({ name: 'Empty' }),
    ])
  })

  test('a folder that does not exist holds nothing', () => {
    expect(openConnectorLibrary([join(folder, 'none')]).names).toEqual([])
  })

  test('an API is found by its name, its id, or an explicit entry', () => {
    put('HotProfile', good)
    put('Special', good)
    const library = openConnectorLibrary([folder], { mapping: new Map([['shared_abc', 'Special']]) })
    const nameOf = (api: string) => {
      const found = library.find(api)
      return found.status === 'found' ? found.connector.name : found.status
    }
    expect(
      [
        'shared_hotprofile',
        '/providers/Microsoft.PowerApps/apis/shared_hotprofile',
        'HotProfile',
        'shared_abc',
        'shared_x',
      ].map(nameOf),
    ).toEqual(['HotProfile', 'HotProfile', 'HotProfile', 'Special', 'missing'])
  })

  test('trailing commas, comments and a byte-order mark are accepted, with a warning where they stand', () => {
    put('Loose', `\ufeff{"paths": {"/a": {"get": {"operationId": "GetA"},},},\n // note\n}`)
    const [connector] = openConnectorLibrary([folder]).loadAll().connectors
    expect([...(connector?.operations.keys() ?? [])]).toEqual(['GetA'])
  })

  test('bytes that are not UTF-8 are replaced, with a warning', () => {
    put('Latin', Buffer.from(good.replace('GetA', 'Get\u00e9'), 'latin1'))
    const [connector] = openConnectorLibrary([folder]).loadAll().connectors
    expect(connector?.warnings).toEqual([
      expect.objectContaining({ message: expect.stringContaining('UTF-8') }),
    ])
  })

  test('a key called __proto__ is data, also when the file had to be recovered', () => {
    put('Hostile', '{"paths": {"__proto__": {"get": {}}, "/a": {"get": {"operationId": "constructor"}}},}')
    const [connector] = openConnectorLibrary([folder]).loadAll().connectors
    expect([...(connector?.operations.keys() ?? [])]).toEqual(['constructor'])
    expect(({} as Record<string, unknown>).get).toBeUndefined()
  })

  test('deep nesting is a problem, not a crash', () => {
    put('Deep', `{"paths": ${'['.repeat(100_000)}`)
    expect(openConnectorLibrary([folder]).loadAll().problems).toHaveLength(1)
  })

  test('tells validation what it knows', () => {
    put('Good', good)
    put('Part', good.replace('{', '{"x-flowstead-partial":true,'))
    const facts = connectorFacts(openConnectorLibrary([folder]))
    expect([
      facts.operation('shared_good', 'geta'),
      facts.operation('shared_good', 'GetB'),
      facts.operation('shared_part', 'GetB'),
      facts.operation('shared_bad', 'GetA'),
    ]).toEqual(['known', 'unknown-operation', 'operation-not-here', 'unknown-connector'])
  })
})

test.each([
  ['shared_vome', 'vome'],
  ['/providers/Microsoft.PowerApps/apis/shared_hotprofile', 'hotprofile'],
  ['shared_my-5fhot-20profile-5f1a2b3c4d5e6f7081', 'myhotprofile'],
  ['Microsoft-365', 'microsoft365'],
])('%s is known as %s', (api, name) => {
  expect(normalizeApiName(api)).toBe(name)
})
