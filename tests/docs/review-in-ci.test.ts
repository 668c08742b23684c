import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const example = join(root, 'examples/review-in-ci')

/** A repository with the flow of the example staged. */
function repository(): { folder: string; git: (...args: string[]) => void } {
  const folder = mkdtempSync(join(tmpdir(), 'flowstead-ci-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  const git = (...args: string[]) => {
    const { status, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' })
    expect([status, stderr.replaceAll(/^(hint|warning):.*\n/gm, '')]).toEqual([0, ''])
  }
  git('init', '--quiet')
  cpSync(join(example, 'flows'), join(folder, 'flows'), { recursive: true })
  git('add', 'flows')
  return { folder, git }
}

function hook(folder: string) {
  return spawnSync(process.execPath, [join(example, 'pre-commit.mjs')], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, FLOWSTEAD: join(root, 'packages/cli/bin/flowstead.mjs') },
  })
}

describe('the pre-commit hook', () => {
  test('lets a good flow pass, with what was accepted in it', () => {
    const { folder } = repository()
    expect(hook(folder)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/1 flow reviewed.*1 accepted/),
    })
  })

  test('judges what is staged, not what lies in the folder', () => {
    const { folder, git } = repository()
    const path = join(folder, 'flows/overdue-invoices.json')
    const good = readFileSync(path, 'utf8')
    writeFileSync(path, good.replace("@body('Read_overdue_invoices')", "@body('Read_nothing')"))
    expect(hook(folder).status).toBe(0)
    git('add', 'flows')
    writeFileSync(path, good)
    expect(hook(folder)).toMatchObject({ status: 1, stdout: expect.stringContaining('Read_nothing') })
  })

  test('says nothing when no flow is staged', () => {
    const { folder, git } = repository()
    git('rm', '--cached', '-r', '--quiet', 'flows')
    expect(hook(folder)).toMatchObject({ status: 0, stdout: '' })
  })
})

test('every command of the action is one there is', () => {
  const action = readFileSync(join(example, 'github-action.yml'), 'utf8')
  const commands = [...action.matchAll(/flowstead\.mjs (review flows .*?)(?: \|\||$)/gm)].map(
    ([, words = '']) => words.split(/ >>? | -o /)[0]?.split(' ') ?? [],
  )
  expect(commands).toHaveLength(3)
  for (const words of commands) {
    const argv = words.map((word) => (word === 'flows' ? join(example, 'flows') : word))
    const bin = join(root, 'packages/cli/bin/flowstead.mjs')
    expect(spawnSync(process.execPath, [bin, ...argv], { encoding: 'utf8' }).status).toBe(0)
  }
})
