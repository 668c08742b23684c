import { expect, test } from 'vitest'
import { exampleSubject, variable } from '../metrics/measured.testing.ts'
import { reviewFlow } from '../review.ts'
import type { ExampleFlow } from '../rules/example-flow.ts'
import { csvFiles } from './csv.ts'

function tables(example: ExampleFlow, name = 'Example'): Record<string, string> {
  const review = reviewFlow(exampleSubject(example).flow, { identity: () => ({ name }) })
  return Object.fromEntries(csvFiles(review).map((file) => [file.name, file.text]))
}

const headings =
  'Name,Step,Type,MetaID,HashId,Tier,Connector,Connector Img,Run After,Exception,Index,Complexity,Detail,Filter,Pagination,Secure Data,Retry Policy,Timeout,Internal/Route,Previous,Notes,Parent,Previous ID,Previous Type,Nests'

test('an empty flow has three tables of headings', () => {
  expect(tables({})).toEqual({
    'Example-Actions.csv': `\uFEFF${headings}\r\n`,
    'Example-Variables.csv': '\uFEFFName,Type,Value,Used,Named,Local\r\n',
    'Example-Connections.csv': '\uFEFFName,AppId,OpId,Count\r\n',
  })
})

test('cells with commas, quotes and line ends are quoted; each value stands under its heading', () => {
  const text = tables({
    actions: { Note: { type: 'Compose', inputs: { a: 1, b: 'x' }, description: 'One, "two"\nthree' } },
  })['Example-Actions.csv']
  expect(text?.split('\r\n')[1]).toBe(
    'Note,Compose,Compose,MISSING,MISSING###1,Standard,,,,Non-Exception,1,2,"{""a"":1,""b"":""x""}",,,,,,,|trigger|,"One, ""two""\nthree",root,|0,|trigger,',
  )
})

test('what a spreadsheet would run has an apostrophe; a number has none', () => {
  const text = tables({
    actions: { '=HYPERLINK(1)': { type: 'Scope', actions: {}, description: '@SUM(A1)' } },
  })['Example-Actions.csv']
  const cells = text?.split('\r\n')[1]?.split(',')
  expect([cells?.[0], cells?.[11], cells?.[20]]).toEqual(["'=HYPERLINK(1)", '-1', "'@SUM(A1)"])
})

test('long values are cut', () => {
  const long = 'x'.repeat(50_000)
  const files = tables({ actions: { Init: variable('sLong', 'string', long) } })
  expect(files['Example-Variables.csv']).toContain(`,${'x'.repeat(200)},`)
  expect(files['Example-Variables.csv']).not.toContain('x'.repeat(201))
  expect(files['Example-Actions.csv']?.length).toBeLessThan(34_000)
})

test.each([
  ['a/b\\c:d*e?"f<g>|h', 'a_b_c_d_e__f_g__h'],
  ['con', '_con'],
  ['nul.txt', '_nul.txt'],
  ['..', 'Flow'],
  ['', 'Flow'],
  ['Übersicht 2', 'Übersicht 2'],
])('the flow %j gives files named %j', (name, expected) => {
  expect(Object.keys(tables({}, name))[0]).toBe(`${expected}-Actions.csv`)
})
