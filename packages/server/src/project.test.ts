import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { findProject } from './project.ts'

const root = mkdtempSync(join(tmpdir(), 'flowstead-project-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

function project(name: string, text: string): string {
  const dir = join(root, name)
  mkdirSync(join(dir, 'deep', 'er'), { recursive: true })
  writeFileSync(join(dir, 'flowstead.json'), text)
  return dir
}

describe('findProject', () => {
  test('walks up to the nearest project file', () => {
    const dir = project(
      'good',
      '{"flows":["*.json"],"connectors":["c"],"connections":{"shared_x":{"connector":"X"}}}',
    )
    expect(findProject(join(dir, 'deep', 'er'))).toEqual({
      dir,
      flows: ['*.json'],
      connectors: [join(dir, 'c')],
      connections: { shared_x: { connector: 'X', target: 'real', parameters: {} } },
      data: join(dir, '.flowstead'),
    })
  })

  test('a folder without one is named', () => {
    expect(() => findProject(root, root)).toThrow(expect.objectContaining({ code: 'Project.NotFound' }))
  })

  test.each([
    ['{', ''],
    ['[]', ''],
    ['{"flows":"x"}', 'flows'],
    ['{"connections":{"a":{"target":"mock"}}}', 'connections/a/connector'],
  ])('%s is refused with its place', (text, path) => {
    const dir = project(`bad${path.replaceAll('/', '-')}${text.length}`, text)
    expect(() => findProject(dir)).toThrow(expect.objectContaining({ code: 'Project.Invalid', path }))
  })
})
