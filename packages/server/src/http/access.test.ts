import Fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import { guardRoutes } from './access.ts'
import { answerErrors } from './errors.ts'

function guarded() {
  const app = Fastify()
  guardRoutes(app, { token: 'right-token', isSignedIn: () => false, publicHosts: ['flows.example.org'] })
  answerErrors(app)
  app.get('/open', { config: { access: 'public' } }, async () => 'open')
  app.get('/closed', { config: { access: 'token' } }, async () => 'closed')
  return app
}

const get = async (url: string, headers: Record<string, string> = {}) =>
  (await guarded().inject({ url, headers: { host: '127.0.0.1:7272', ...headers } })).statusCode

describe('access', () => {
  test('a route that does not say who may call it cannot be registered', () => {
    expect(() => guarded().get('/forgotten', async () => '')).toThrow(
      expect.objectContaining({ code: 'Server.RouteWithoutAccess' }),
    )
  })

  test('a route for the token holder is closed to everybody else', async () => {
    expect(await get('/closed')).toBe(401)
    expect(await get('/closed', { authorization: 'Bearer wrong-token' })).toBe(401)
    expect(await get('/closed', { authorization: 'Bearer right-toke' })).toBe(401)
    expect(await get('/closed', { authorization: 'Bearer right-token' })).toBe(200)
  })

  test('a foreign host name is refused, loopback and configured names are served', async () => {
    expect(await get('/open')).toBe(200)
    expect(await get('/open', { host: '[::1]:7272' })).toBe(200)
    expect(await get('/open', { host: 'flows.example.org' })).toBe(200)
    expect(await get('/open', { host: 'evil.example' })).toBe(421)
    expect(await get('/open', { host: '127.0.0.1.evil.example' })).toBe(421)
  })

  test('what does not exist is 404 in the common error form', async () => {
    const answer = await guarded().inject({ url: '/nowhere?sig=secret', headers: { host: 'localhost' } })
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toEqual({
      error: { code: 'Server.NotFound', message: 'There is no GET /nowhere.' },
    })
  })
})
