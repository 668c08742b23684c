import { createHash } from 'node:crypto'
import type { TestService } from '@flowstead/service-kit/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bare, clientData, requestOf, startAutoReview } from './autoreview.testing.ts'

let service: TestService
beforeEach(async () => {
  service = await startAutoReview()
})
afterEach(() => service.close())

const cookie = () => `flowstead_autoreview=${service.key}`
const show = (url: string) => service.app.inject({ url, headers: { cookie: cookie() } })
const send = (form: Record<string, string>) =>
  service.app.inject({
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: cookie() },
    payload: new URLSearchParams(form).toString(),
  })

/** Pastes a definition; gives the address of its review. */
async function paste(definition: unknown, name = ''): Promise<string> {
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition)
  const { headers, statusCode } = await send({ definition: text, name })
  expect(statusCode).toBe(303)
  return String(headers.location)
}

describe('what is pasted', () => {
  test.each([
    ['a bare definition', bare, 'Named here'],
    ['client data', clientData, 'Named here'],
    ['a definition on several lines', JSON.stringify(bare, null, 2).replaceAll('\n', '\r\n'), 'Named here'],
  ])('as %s is reviewed, and its review is listed with its score', async (_, definition, name) => {
    const place = await paste(definition, ` ${name} `)
    const { body, statusCode } = await show(place)
    expect(statusCode).toBe(200)
    expect(body).toContain(`<title>Review of ${name}</title>`)
    const row = new RegExp(`<a href="${place}">${name}</a></td><td>(\\d+)</td><td>([^<]+)</td>`)
    const [, score, at] = row.exec((await show('/')).body) ?? []
    expect(Number(score)).toBeGreaterThan(0)
    expect(at).toBe(new Date(service.clock.now()).toISOString().slice(0, 16).replace('T', ' '))
  })

  test.each(['{"definition":', '[]', 'no JSON', '7', '{"__proto__": {"actions": 1}}'])(
    'that is no flow, as %s, has a review that says so',
    async (text) => {
      const { body } = await show(await paste(text))
      expect(body).toContain('STR001')
      expect((await show('/')).body).toContain('</a></td><td>0</td>')
    },
  )

  test('of nothing is refused, and the page says what it wants', async () => {
    for (const form of [{}, { definition: ' \r\n' }]) {
      const { body, statusCode } = await send(form)
      expect([statusCode, body]).toEqual([400, expect.stringContaining('Paste the definition')])
    }
    expect((await show('/')).body).toContain('No reviews yet.')
  })

  test('is escaped wherever it is shown', async () => {
    const name = '"><script>alert(1)</script>'
    const place = await paste({ ...bare, actions: { [name]: { type: name, inputs: name } } }, name)
    for (const url of ['/', place]) expect((await show(url)).body).not.toContain('<script>alert')
  })
})

describe('a kept review', () => {
  test('runs no script but its own, and that one outside the origin of the service', async () => {
    const { body, headers } = await show(await paste(bare))
    const policy = String(headers['content-security-policy'])
    const hashOf = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    const style = /<style>(.*?)<\/style>/s.exec(body)?.[1]
    const scripts = [...body.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map(([, text]) => hashOf(text))
    expect(scripts).toHaveLength(1)
    expect(policy).toContain(`script-src ${scripts[0]};`)
    expect(policy).toContain(hashOf(style))
    expect(policy).toMatch(/^default-src 'none';.*; sandbox allow-scripts; frame-ancestors 'none'$/)
    expect(policy).not.toContain('unsafe')
  })

  test('goes when twenty newer ones have come', async () => {
    const first = await paste(bare, 'First')
    for (let n = 1; n < 20; n += 1) await paste(bare, `Flow ${n}`)
    expect((await show(first)).statusCode).toBe(200)
    await paste(bare, 'Last')
    expect((await show(first)).statusCode).toBe(404)
    const { body } = await show('/')
    expect(body.match(/href="\/reviews\//g)).toHaveLength(20)
    expect(body.indexOf('Last</a>')).toBeLessThan(body.indexOf('Flow 1</a>'))
  })

  test('is not made by the API', async () => {
    await service.call('POST', '/v2/autoreview/file', { body: requestOf(bare) })
    expect((await show('/')).body).toContain('No reviews yet.')
  })
})

test('pages need a key', async () => {
  for (const url of ['/', await paste(bare)]) expect((await service.app.inject({ url })).statusCode).toBe(401)
  expect((await service.app.inject({ method: 'POST', url: '/' })).statusCode).toBe(401)
})
