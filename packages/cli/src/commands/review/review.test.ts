import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkedJson, checkout, cli, temporaryFolder } from '../../cli.testing.ts'

const sample = 'examples/review-in-ci/flows'
const broken = {
  definition: {
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
    actions: { Compose: { type: 'Compose', inputs: "@outputs('Nothing')" } },
  },
}

function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = temporaryFolder()
  for (const [name, value] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value))
  }
  return folder
}

const json = (text: string) =>
  JSON.parse(text) as { flows: Record<string, unknown>[]; findings: { rule: string }[] }

describe('exit codes', () => {
  test('0 without errors, 1 with one', async () => {
    expect((await cli(['review', sample])).code).toBe(0)
    const cwd = folderWith({ 'flow.json': broken })
    expect((await cli(['review', 'flow.json'], { cwd })).code).toBe(1)
  })

  test('a rule can be let warn or be left out for one call', async () => {
    const cwd = folderWith({ 'flow.json': broken })
    expect((await cli(['review', '.', '--warn', 'REF101'], { cwd })).code).toBe(0)
    expect((await cli(['review', '.', '--warn', 'REF101', '--strict'], { cwd })).code).toBe(1)
    const { out } = await cli(['review', '.', '--allow', 'REF101'], { cwd })
    expect(out).not.toContain('REF101')
  })

  test('1 below the lowest score', async () => {
    expect((await cli(['review', sample, '--min-score', '99'])).code).toBe(0)
    expect((await cli(['review', sample, '--min-score', '99.5'])).code).toBe(1)
  })

  test('1 for a file that holds no flow, told as STR001 with its line', async () => {
    const cwd = folderWith({ 'flow.json': '{\n "definition": \n' })
    const { code, out } = await cli(['review', 'flow.json'], { cwd })
    expect([code, out]).toEqual([1, expect.stringMatching(/STR001[\s\S]*flow\.json:\d+:\d+/)])
  })

  test.each([
    [['review', 'nowhere.json'], 4],
    [['review', sample, '--config', 'nowhere'], 4],
    [['review', sample, '--format', 'pdf'], 2],
    [['review', sample, '--profile', 'mine'], 2],
    [['review', sample, '--min-score', 'ten'], 2],
    [['review', sample, '--warn', 'REF999'], 2],
    [['review', sample, '--document', 'solution', '--format', 'md'], 2],
    [['review'], 2],
  ])('%s ends with %i and says why', async (argv, code) => {
    const result = await cli(argv)
    expect([result.code, result.out]).toEqual([code, ''])
    expect(result.err).not.toBe('')
  })
})

describe('configuration', () => {
  const rules = (value: unknown) => folderWith({ 'flow.json': broken, 'rules.json': value })

  test('of rules and of figures work together', async () => {
    const cwd = folderWith({
      'flow.json': broken,
      'config/rules.json': { rules: { REF101: { severity: 'off' } } },
      'config/complexityConfig.json': {
        sReference: 'ours',
        aComplexityTemplate: [{ Name: 'Compose', Complexity: 70 }],
      },
    })
    const { code, out } = await cli(['review', 'flow.json', '--config', 'config', '--format', 'json'], {
      cwd,
    })
    expect(code).toBe(0)
    expect(json(out).flows[0]).toMatchObject({ complexity: 70, bands: { complexity: 'amber' } })
  })

  test.each([
    ['a rule there is not', { rules: { REF999: {} } }, 'REF999'],
    ['a severity there is not', { rules: { REF101: { severity: 'fatal' } } }, 'fatal'],
    ['a setting there is not', { rules: { MNT504: { settings: { depth: 3 } } } }, 'depth'],
    ['a setting of another type', { rules: { MNT504: { settings: { maxDepth: 'deep' } } } }, 'deep'],
  ])('with %s is refused and nothing is reviewed', async (_, value, word) => {
    const { code, out, err } = await cli(['review', 'flow.json', '--config', 'rules.json'], {
      cwd: rules(value),
    })
    expect([code, out]).toEqual([4, ''])
    expect(err).toContain(word)
  })

  test('a suppression without a reason is refused; one that nothing needs is told', async () => {
    const entry = (suppression: object) =>
      folderWith({ 'flow.json': broken, 'flow.review.json': { suppressions: [suppression] } })
    expect((await cli(['review', '.'], { cwd: entry({ rule: 'REF101' }) })).code).toBe(4)
    const cwd = entry({ rule: 'REF102', reason: 'no' })
    expect((await cli(['review', '.'], { cwd })).err).toContain('no finding of REF102 is left')
  })
})

test('what the baseline knows does not fail, what is new does', async () => {
  const cwd = folderWith({ 'flow.json': broken })
  await cli(['review', 'flow.json', '--format', 'json', '-o', 'before.json'], { cwd })
  expect((await cli(['review', 'flow.json', '--baseline', 'before.json'], { cwd })).code).toBe(0)
  const worse = structuredClone(broken) as { definition: { actions: Record<string, object> } }
  worse.definition.actions.Other = {
    type: 'Compose',
    inputs: "@outputs('Void')",
    runAfter: { Compose: ['Succeeded'] },
  }
  writeFileSync(join(cwd, 'flow.json'), JSON.stringify(worse, null, 4))
  const { code, out } = await cli(['review', 'flow.json', '--baseline', 'before.json', '--format', 'json'], {
    cwd,
  })
  expect(code).toBe(1)
  const found = json(out).flows[0]?.findings as { rule: string; action: string; baseline: string }[]
  const states = found
    .filter(({ rule }) => rule === 'REF101')
    .map(({ action, baseline }) => [action, baseline])
  expect(states).toEqual([
    ['Compose', 'known'],
    ['Other', 'new'],
  ])
})

describe('formats', () => {
  test('json fits its schema, with the name and figures first', async () => {
    const { out } = await cli(['review', sample, 'conformance/corpus/_packages', '--json'])
    const { flows } = checkedJson(out, 'review/1') as { flows: object[] }
    expect(Object.keys(flows[0] ?? {}).slice(0, 4)).toEqual(['name', 'score', 'complexity', 'steps'])
  })

  test('sarif and github name the file as it was given', async () => {
    const cwd = folderWith({ 'flows/my flow.json': broken })
    expect((await cli(['review', 'flows', '--format', 'sarif'], { cwd })).out).toContain(
      '"flows/my%20flow.json"',
    )
    expect((await cli(['review', 'flows', '--format', 'github'], { cwd })).out).toMatch(
      /^::error file=flows\/my flow\.json,line=1,col=\d+,title=REF101::/,
    )
  })

  test.each([
    ['html', 'review', /^<!doctype html>/i],
    ['html', 'report', /^<!doctype html>/i],
    ['html', 'diagram', /^<!doctype html>/i],
    ['html', 'exceptions', /^<!doctype html>/i],
    ['html', 'solution', /^<!doctype html>/i],
    ['md', 'review', /^#/],
    ['md', 'report', /^#/],
    ['svg', 'review', /^<svg/],
    ['mermaid', 'review', /flowchart/],
  ])('%s of one flow, document %s', async (format, document, pattern) => {
    const { code, out } = await cli(['review', sample, '--format', format, '--document', document])
    expect(code).toBe(0)
    expect(out).toMatch(pattern)
  })

  test('documents of several flows go into a folder, each under its own name', async () => {
    const cwd = folderWith({ 'a/flow.json': broken, 'b/flow.json': broken, 'c/CON.json': broken })
    expect((await cli(['review', '.', '--format', 'html'], { cwd })).code).toBe(2)
    await cli(['review', '.', '--format', 'html', '-o', 'out'], { cwd })
    expect(readdirSync(join(cwd, 'out')).sort()).toEqual([
      'flow-2.review.html',
      'flow-CON.review.html',
      'flow.review.html',
    ])
    await cli(['review', 'a', '--format', 'csv', '-o', 'tables'], { cwd })
    expect(readdirSync(join(cwd, 'tables'))).toHaveLength(3)
  })

  test('a place that cannot be written ends with 4', async () => {
    const cwd = folderWith({ 'flow.json': broken, file: 'x' })
    const { code, err } = await cli(['review', 'flow.json', '--format', 'md', '-o', 'file/review.md'], {
      cwd,
    })
    expect([code, err]).toEqual([4, expect.stringContaining('Cli.Unwritable')])
    expect(existsSync(join(cwd, 'file/review.md'))).toBe(false)
  })
})

test('connectors of the project are asked', async () => {
  const flow = readFileSync(join(checkout, 'examples/review-in-ci/flows/overdue-invoices.json'), 'utf8')
  const cwd = folderWith({
    'flowstead.json': {
      flows: [],
      connectors: [join(checkout, 'connectors')],
      connections: {},
      data: '.flowstead',
    },
    'flow.json': flow.replaceAll('SendEmailV3', 'SendEmailV9'),
  })
  const { code, out } = await cli(['review', 'flow.json'], { cwd })
  expect([code, out]).toEqual([1, expect.stringMatching(/MNT519.*SendEmailV9/)])
})
