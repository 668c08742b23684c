import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkNode } from '../checks.ts'
import { checkedJson, cli, temporaryFolder } from '../cli.testing.ts'

interface Doctor {
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly fix?: string }[]
}

async function doctor(argv: readonly string[]): Promise<Doctor['checks']> {
  const { out } = await cli(['doctor', '--json', ...argv])
  return (checkedJson(out, 'doctor/1') as unknown as Doctor).checks
}

test.each([
  ['20.18.1', false],
  ['20.19.0', true],
  ['22.0.0', true],
  ['18.20.0', false],
])('Node %s is good enough: %s', (version, ok) => {
  expect(checkNode(version).ok).toBe(ok)
})

test('a good machine is ok in everything but ports somebody else may use', async () => {
  const checks = await doctor(['--data', temporaryFolder()])
  expect(checks.filter(({ ok, name }) => !ok && !name.startsWith('port'))).toEqual([])
  expect(checks.map(({ name }) => name)).toContain('connectors')
})

test('without a project the fix is named and the rest is not guessed', async () => {
  const checks = await doctor(['--dir', temporaryFolder()])
  expect(checks.map(({ name }) => name)).toEqual(['node', 'project'])
  expect(checks[1]?.fix).toContain('--dir')
})

test('a data folder that cannot be written is a problem with a fix', async () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  const checks = await doctor(['--data', join(file, 'data')])
  expect(checks.find(({ name }) => name === 'data folder')).toMatchObject({ ok: false })
})

test('a broken connector folder is named', async () => {
  const dir = temporaryFolder()
  mkdirSync(join(dir, 'connectors', 'Broken'), { recursive: true })
  writeFileSync(join(dir, 'connectors', 'Broken', 'apiDefinition.swagger.json'), '{')
  writeFileSync(join(dir, 'flowstead.json'), '{"connectors":["connectors"]}')
  const { code, out } = await cli(['doctor', '--dir', dir])
  expect(code).toBe(1)
  expect(out).toMatch(/problem +connectors +.*Broken/)
})
