import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { apiPath, createApiClient } from './api-client.ts'
import { fakeServer } from './fake-server.testing.ts'

test('parts of a path are escaped', () => {
  expect(apiPath`/api/flows/${'a/b c'}/triggers/${'Když'}/run`).toBe(
    '/api/flows/a%2Fb%20c/triggers/Kdy%C5%BE/run',
  )
})

test('nobody there is told apart from a refusal', async () => {
  const { url } = await fakeServer({})
  const api = createApiClient(url, 'token')
  await expect(api.send('/api/flows')).rejects.toMatchObject({
    code: 'Http.NotFound',
    details: { httpStatus: 404 },
  })
  await expect(createApiClient(await closedUrl(), 't').send('/api')).rejects.toMatchObject({
    code: 'Cli.Unreachable',
  })
})

/** An address where somebody was and nobody is. */
async function closedUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return `http://127.0.0.1:${port}`
}
