import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { checkedJson, cli, temporaryFolder } from '../cli.testing.ts'
import type { Interrupt } from '../io.ts'

/** Runs a command that serves; `visit` gets its first document, then Ctrl-C is pressed. */
async function serve(argv: readonly string[], visit: (document: string) => Promise<void>) {
  let press: (signal: Interrupt) => void = () => undefined
  const interrupted = new Promise<Interrupt>((resolve) => {
    press = resolve
  })
  let failure: unknown
  const onOutput = (text: string) => {
    if (!text.endsWith('}\n')) return
    visit(text)
      .catch((error: unknown) => {
        failure = error
      })
      .finally(() => press('SIGINT'))
  }
  const result = await cli(argv, { interrupted, onOutput })
  if (failure !== undefined) throw failure
  return result
}

async function takenPort(use: (port: number) => Promise<void>): Promise<void> {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  try {
    await use((other.address() as AddressInfo).port)
  } finally {
    other.close()
  }
}

describe('service start', () => {
  test('one service answers alone until Ctrl-C', async () => {
    const argv = ['service', 'start', 'vome', '--port', '0', '--data', temporaryFolder(), '--json']
    const { code } = await serve(argv, async (text) => {
      const { url } = checkedJson(text, 'service/1') as unknown as { url: string }
      expect((await fetch(`${url}/health`)).status).toBe(200)
    })
    expect(code).toBe(130)
  })

  test('a taken port is named and exits with 4', () =>
    takenPort(async (port) => {
      const { code, err } = await cli([
        ...['service', 'start', 'vome', '--port', `${port}`],
        ...['--data', temporaryFolder()],
      ])
      expect(code).toBe(4)
      expect(err).toContain(String(port))
    }))
})

describe('start', () => {
  test('the server runs alone, without services and without importing', async () => {
    const data = temporaryFolder()
    const { code } = await serve(['start', '--port', '0', '--data', data, '--json'], async (text) => {
      expect(checkedJson(text, 'server/1').services).toEqual([])
      expect(JSON.parse((await cli(['flow', 'list', '--data', data, '--json'])).out)).toMatchObject({
        value: [],
      })
    })
    expect(code).toBe(130)
  })

  test('a taken port is named and exits with 4', () =>
    takenPort(async (port) => {
      const { code, err } = await cli(['start', '--port', `${port}`, '--data', temporaryFolder()])
      expect(code).toBe(4)
      expect(err).toContain(String(port))
    }))
})
