import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Io, main } from '@flowstead/cli'
import { describe, expect, test } from 'vitest'
import { fencedCommands, shellWords } from './fenced-commands.testing.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/guides/first-flow.md',
  'docs/guides/events.md',
  'docs/guides/review.md',
  'examples/booking-confirmation/README.md',
  'examples/nightly-review/README.md',
  'examples/review-in-ci/README.md',
]
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}
/** Commands that need no server, write nothing and take well under a second. */
const isRunnable = ([noun, verb, ...rest]: readonly string[]) =>
  noun === 'eval' ||
  (noun === 'review' && !rest.includes('-o') && !rest.includes('--baseline')) ||
  (noun === 'flow' && verb === 'validate' && rest.every((path) => existsSync(join(root, path))))

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8')

  test.each(fencedCommands(text).map((line) => [line]))('%s is a command there is', async (line) => {
    const [program, ...args] = shellWords(line)
    if (program === 'npm') expect(Object.keys(scripts)).toContain(npmScript(args))
    else {
      expect([program, args[0]]).toEqual(['npx', 'flowstead'])
      await expectKnown(args.slice(1))
    }
  })

  test('links lead to files', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link)
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([])
  })
})

/** `start` and `test` are scripts; after `run` comes the name of one. */
function npmScript([verb = '', name = '']: readonly string[]): string {
  return verb === 'run' ? name : verb
}

/** The command exists with every option it is shown with; a cheap one is run and succeeds. */
async function expectKnown(args: readonly string[]): Promise<void> {
  const help = await run([...args.filter((word) => !word.startsWith('-')), '--help'])
  const options = args.filter((word) => word.startsWith('--'))
  expect(help.out).toMatch(new RegExp(`^Usage: flowstead ${args[0]}`))
  expect(options.filter((option) => !help.out.includes(option))).toEqual([])
  if (isRunnable(args)) expect(await run(args)).toMatchObject({ code: 0 })
}

async function run(argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const io: Io = {
    stdout: (text) => {
      out += text
    },
    stderr: (text) => {
      err += text
    },
    env: {},
    cwd: root,
    isTerminal: false,
    platform: process.platform,
    readStdin: () => Promise.resolve(''),
    ask: () => Promise.resolve(undefined),
    interrupted: () => new Promise(() => undefined),
  }
  return { code: await main(argv, io), out, err }
}
