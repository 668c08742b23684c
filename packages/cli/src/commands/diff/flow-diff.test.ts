import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkedJson, checkout, cli, temporaryFolder } from '../../cli.testing.ts'

const path = join(checkout, 'examples/review-in-ci/flows/overdue-invoices.json')
const text = readFileSync(path, 'utf8')

function versions(change: (text: string) => string): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'before.json'), text)
  writeFileSync(join(folder, 'after.json'), change(text))
  return folder
}

const diff = (cwd: string, ...flags: string[]) =>
  cli(['flow', 'diff', 'before.json', 'after.json', ...flags], { cwd })

describe('flow diff', () => {
  test('of the same flow says so and ends with 0', async () => {
    const cwd = versions((same) => JSON.stringify(JSON.parse(same)))
    const { code, out } = await diff(cwd, '--exit-code')
    expect([code, out]).toEqual([0, expect.stringContaining('no change in meaning')])
  })

  test('tells a renamed action as one change, and ends with 1 when asked', async () => {
    const cwd = versions((before) => before.replaceAll('Read_overdue_invoices', 'Get_invoices'))
    const { code, out } = await diff(cwd, '--exit-code')
    expect(code).toBe(1)
    expect(out.match(/^ {2}[+~>-] /gm)).toHaveLength(1)
    expect(out).toContain('> renamed')
    expect((await diff(cwd)).code).toBe(0)
  })

  test('tells what a change means for score and findings', async () => {
    const cwd = versions((before) => before.replaceAll('"Main"', '"Work"'))
    expect((await diff(cwd)).out).toMatch(/score 99 to 89/)
  })

  test.each([
    ['md', /^## /],
    ['html', /^<!doctype html>/i],
  ])('as %s', async (format, pattern) => {
    const cwd = versions((before) => before.replace('PT30S', 'PT10S'))
    expect((await diff(cwd, '--format', format)).out).toMatch(pattern)
  })

  test('as JSON fits its schema', async () => {
    const cwd = versions((before) => before.replace('PT30S', 'PT10S'))
    const { flows } = checkedJson((await diff(cwd, '--json')).out, 'diff/1')
    expect(flows).toHaveLength(1)
  })

  test('goes to a file in every format, whatever the letter case of its name', async () => {
    const cwd = versions((before) => before.replace('PT30S', 'PT10S'))
    for (const format of ['TEXT', 'md', 'Html', 'json']) {
      const { out } = await diff(cwd, '--format', format, '-o', `changes.${format}`)
      expect([out, readFileSync(join(cwd, `changes.${format}`), 'utf8')]).toEqual([
        '',
        expect.stringMatching(/Read.*overdue.*invoices/),
      ])
    }
    checkedJson(readFileSync(join(cwd, 'changes.json'), 'utf8'), 'diff/1')
  })

  test('never takes the place of a version', async () => {
    const cwd = versions((same) => same)
    const { code } = await diff(cwd, '-o', 'after.json')
    expect([code, readFileSync(join(cwd, 'after.json'), 'utf8')]).toEqual([2, text])
  })

  test('takes one version from stdin, not both', async () => {
    const cwd = versions((same) => same)
    const stdin = text.replaceAll('"Main"', '"Work"')
    const { out } = await cli(['flow', 'diff', 'before.json', '-'], { cwd, stdin })
    expect(out).toContain('> renamed action Work')
    expect((await cli(['flow', 'diff', '-', '-'], { stdin })).code).toBe(2)
  })

  test('of folders pairs flows by their place in them, and tells what came and went', async () => {
    const folder = temporaryFolder()
    const changed = text.replace('PT30S', 'PT10S')
    const files = { 'a/x': text, 'a/y': text, 'a/z': text, 'b/u': text, 'b/x': text, 'b/y': changed }
    for (const [path, flow] of Object.entries(files)) {
      mkdirSync(join(folder, path), { recursive: true })
      writeFileSync(join(folder, path, 'flow.json'), flow)
    }
    const { out } = await cli(['flow', 'diff', './a/', 'b', '--json'], { cwd: folder })
    const { added, flows, removed } = checkedJson(out, 'diff/1') as unknown as {
      flows: { before: { file: string }; after: { file: string }; changes: object[] }[]
      added: { id: string }[]
      removed: { id: string }[]
    }
    expect(flows.map(({ after, before, changes }) => [before.file, after.file, changes.length])).toEqual([
      ['a/x/flow.json', 'b/x/flow.json', 0],
      ['a/y/flow.json', 'b/y/flow.json', 1],
    ])
    expect([added, removed]).toMatchObject([[{ id: 'b-u-flow' }], [{ id: 'a-z-flow' }]])
    const page = await cli(['flow', 'diff', 'a', 'b/x', '--format', 'html', '-o', 'page.html'], {
      cwd: folder,
    })
    expect(page.err).toContain('- deleted flow')
  })

  test('of a file that is no flow or not there ends with 4, of an unknown flow with 1', async () => {
    const cwd = versions(() => '[]')
    expect((await diff(cwd)).code).toBe(4)
    expect((await cli(['flow', 'diff', path, 'nowhere.json'])).code).toBe(4)
    expect((await cli(['flow', 'diff', path, path, '--flow', 'Other'])).code).toBe(1)
  })
})
