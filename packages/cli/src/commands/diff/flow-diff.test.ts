import { readFileSync, writeFileSync } from 'node:fs'
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

  test('of a file that is no flow or not there ends with 4, of an unknown flow with 1', async () => {
    const cwd = versions(() => '[]')
    expect((await diff(cwd)).code).toBe(4)
    expect((await cli(['flow', 'diff', path, 'nowhere.json'])).code).toBe(4)
    expect((await cli(['flow', 'diff', path, path, '--flow', 'Other'])).code).toBe(1)
  })
})
