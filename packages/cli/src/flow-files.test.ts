import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from './cli.testing.ts'
import { readFlowPaths } from './flow-files.ts'

test('of a folder every flow file is read, in the order of names, hidden folders left out', () => {
  const folder = temporaryFolder()
  for (const inner of ['Workflows', '.git', 'node_modules']) {
    mkdirSync(join(folder, 'solution', inner), { recursive: true })
    writeFileSync(join(folder, 'solution', inner, 'b.json'), '{}')
  }
  writeFileSync(join(folder, 'solution', 'a.ZIP'), 'zip')
  writeFileSync(join(folder, 'solution', 'notes.txt'), 'text')
  expect(readFlowPaths(['solution'], folder).map(({ name }) => name)).toEqual([
    'solution/Workflows/b.json',
    'solution/a.ZIP',
  ])
})

test('a file is read whatever its name is', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'flow.txt'), 'x')
  expect(readFlowPaths(['flow.txt'], folder)).toHaveLength(1)
})

test.each(['missing.json', '.'])('%s is unreadable: there is nothing to read', (path) => {
  expect(() => readFlowPaths([path], temporaryFolder())).toThrow(
    expect.objectContaining({ code: 'Cli.Unreadable' }),
  )
})
