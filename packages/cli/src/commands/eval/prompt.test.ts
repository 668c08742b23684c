import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { Io } from '../../io.ts'
import { createSession } from '../../session.ts'
import { completionsOf } from './complete.ts'
import { converse } from './prompt.ts'

describe('the prompt', () => {
  const up = '\u001b[A'

  async function type(...keys: string[]): Promise<string> {
    let out = ''
    const write = (text: string) => {
      out += text
    }
    const io: Io = {
      stdout: write,
      stderr: write,
      env: { NO_COLOR: '1' },
      cwd: '.',
      isTerminal: true,
      platform: 'linux',
      readStdin: () => Promise.resolve(''),
      ask: () => Promise.resolve(undefined),
      interrupted: () => new Promise(() => undefined),
    }
    const input = new PassThrough()
    const ended = converse(
      createSession(io, {}),
      { variables: { count: 5 } },
      {},
      { input, output: new PassThrough() },
    )
    // One key at a time: in a chunk of several keys a tab counts as pasted.
    for (const key of keys.flatMap((text) => (text === up ? [up] : [...text]))) input.write(key)
    input.end()
    expect(await ended).toBe(0)
    return out
  }

  test('answers each line and survives errors', async () => {
    const out = await type('add(1, 2)\nnope()\n.explain add(1, 1)\n.help\n.exit\n')
    expect(out).toContain('3\n')
    expect(out).toContain('Expression.UnknownFunction')
    expect(out).toContain('add(1, 1)  2\n')
    expect(out).toContain('.describe <function>')
  })

  test('the arrow recalls the line before', async () => {
    const out = await type('concat(1, 2)\n', up, '\n.exit\n')
    expect(out.match(/"12"/g)).toHaveLength(2)
  })

  test('tab completes', async () => {
    expect(await type("toUpp\t'a')\n.exit\n")).toContain('"A"')
    expect(await type("variables('co\t\n.exit\n")).toContain('5\n')
  })
})

describe('completions', () => {
  const data = { variables: { count: 1, Company: 2 }, actions: { Get_user: {} } }

  test.each([
    ['concat(toUp', ['toUpper('], 'toUp'],
    ['triggerbo', ['triggerBody()'], 'triggerbo'],
    ["add(variables('co", ["count')", "Company')"], 'co'],
    ["body( '", ["Get_user')"], ''],
    ['.des', ['.describe'], '.des'],
    ['add(1, ', [], ''],
    ["variables('__proto__'", [], ''],
  ])('%s', (line, completions, replaced) => {
    expect(completionsOf(line, data)).toEqual([completions, replaced])
  })
})
