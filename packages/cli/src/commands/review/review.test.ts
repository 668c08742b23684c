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
    for (const rule of ['REF101', 'ref101']) {
      const { out } = await cli(['review', '.', '--allow', rule], { cwd })
      expect(out).not.toContain('REF101')
    }
  })

  test('1 below the lowest score', async () => {
    expect((await cli(['review', sample, '--min-score', '99'])).code).toBe(0)
    const { code, err } = await cli(['review', sample, '--min-score', '99.5'])
    expect([code, err]).toEqual([1, expect.stringContaining('has a score of 99, below 99.5')])
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
    [['review', ''], 2],
    [['review', sample, ' '], 2],
  ])('%s ends with %i and says why', async (argv, code) => {
    const result = await cli(argv)
    expect([result.code, result.out]).toEqual([code, ''])
    expect(result.err).not.toBe('')
  })
})

describe('paths', () => {
  test('- reads one definition from stdin', async () => {
    const { code, out } = await cli(['review', '-'], { stdin: JSON.stringify(broken) })
    expect([code, out]).toEqual([1, expect.stringMatching(/^stdin {3}score.*--> stdin:1:\d+/s)])
    expect((await cli(['review', '-'], { stdin: '' })).out).toContain('STR001')
    expect((await cli(['review', '-'], { stdin: 'PK\u0003\u0004…' })).code).toBe(2)
  })

  test('that name a file more than once give one review of it', async () => {
    const cwd = folderWith({ 'a/flow.json': broken, 'b/other.json': broken })
    const paths = ['a/flow.json', './a/../a/flow.json', join(cwd, 'a'), '.']
    expect((await cli(['review', ...paths], { cwd })).out).toContain('2 flows reviewed')
  })

  test('may hold spaces and letters of any script', async () => {
    const cwd = folderWith({ 'mé složka/流れ č. 1.json': broken })
    const { out } = await cli(['review', 'mé složka', '--format', 'html', '-o', 'výsledek dne/'], { cwd })
    expect(out).toBe('')
    expect(readdirSync(join(cwd, 'výsledek dne'))).toEqual(['流れ-č.-1.review.html'])
  })

  test.each([
    ['of bytes that are no text', Buffer.from([0xff, 0xd8, 0, 1]), /STR001.*not valid utf-8/],
    ['of a damaged zip', Buffer.from('PK\u0003\u0004garbage'), /STR001.*damaged/],
    ['of nothing', Buffer.from(''), /STR001/],
  ])('to a file %s give a review that says so', async (_, bytes, pattern) => {
    const cwd = folderWith({})
    writeFileSync(join(cwd, 'flow.json'), bytes)
    const { code, out } = await cli(['review', 'flow.json'], { cwd })
    expect([code, out]).toEqual([1, expect.stringMatching(pattern)])
  })

  test.each(['empty', 'noflows'])('to the folder %s end with 4 and name it', async (folder) => {
    const cwd = folderWith({ 'noflows/readme.txt': 'x' })
    mkdirSync(join(cwd, 'empty'))
    const { code, err } = await cli(['review', folder], { cwd })
    expect([code, err]).toEqual([4, expect.stringContaining(`"${folder}" holds no .json`)])
  })
})

describe('documents', () => {
  test.each([
    ['the file itself', 'flow.json'],
    ['another spelling of it', './x/../flow.json'],
  ])('never take the place of a file that was read: %s', async (_, output) => {
    const cwd = folderWith({ 'flow.json': broken, 'x/y': '' })
    const { code, err } = await cli(['review', 'flow.json', '--format', 'md', '-o', output], { cwd })
    expect([code, err]).toEqual([2, expect.stringContaining('would replace')])
    expect(JSON.parse(readFileSync(join(cwd, 'flow.json'), 'utf8'))).toEqual(broken)
  })

  test.each([
    ['a/b/c.html', 'a/b/c.html'],
    ['out', join('out', 'flow.review.html')],
    ['there', join('there', 'flow.review.html')],
  ])('written to %s are told with the path of the file', async (output, place) => {
    const cwd = folderWith({ 'flow.json': broken, 'there/x': '' })
    const { err } = await cli(['review', 'flow.json', '--format', 'HTML', '-o', output], { cwd })
    expect(err).toBe(`1 document written to ${place}\n`)
    expect(existsSync(join(cwd, place))).toBe(true)
  })

  test('of text have the name of a text file in a folder', async () => {
    const cwd = folderWith({ 'flow.json': broken })
    for (const format of ['text', 'github', 'sarif'])
      await cli(['review', 'flow.json', '--format', format, '-o', format], { cwd })
    const names = ['text', 'github', 'sarif'].map((format) => readdirSync(join(cwd, format))[0])
    expect(names).toEqual(['review.txt', 'review.txt', 'review.sarif'])
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
