import { expect, test } from 'vitest'
import { checkedJson, cli, temporaryFolder } from './cli.testing.ts'

test.each([
  [['--help'], 0],
  [['--version'], 0],
  [['flow', 'run', '--help'], 0],
  [[], 2],
  [['flow'], 2],
  [['nonsense'], 2],
  [['flow', 'list', '--nonsense'], 2],
  [['flow', 'run'], 2],
  [['run', 'list', '--limit', 'many'], 2],
  [['dev', '--port', '70000'], 2],
  [['service', 'start', 'nonsense'], 2],
  [['service', 'start', 'vome', '--throttle', 'much'], 2],
  [['flow', 'validate', 'missing.json'], 4],
  [['eval', '1', '--data', 'missing.json'], 4],
])('flowstead %j exits with %i', async (argv, code) => {
  const result = await cli(argv)
  expect(result.code).toBe(code)
  expect(code === 0 ? result.out : result.err).not.toBe('')
})

test('without a project the exit code is 4 and the hint says what to do', async () => {
  const { code, err } = await cli(['flow', 'list'], { cwd: temporaryFolder() })
  expect(code).toBe(4)
  expect(err).toContain('Project.NotFound')
  expect(err).toContain('--dir')
})

test('without a running server the exit code is 3', async () => {
  const { code, err } = await cli(['flow', 'list', '--data', temporaryFolder()])
  expect(code).toBe(3)
  expect(err).toContain('flowstead dev')
})

test('with --json an error is a document on stdout too', async () => {
  const { code, out } = await cli(['run', 'list', '--json', '--data', temporaryFolder()])
  expect(code).toBe(3)
  expect(checkedJson(out, 'error/1')).toMatchObject({ error: { code: 'Cli.NoServer' } })
})

test('settings from the environment stand for missing flags', async () => {
  const { code, err } = await cli(['flow', 'list'], { env: { FLOWSTEAD_DIR: temporaryFolder() } })
  expect(code).toBe(4)
  expect(err).toContain('Project.NotFound')
})
