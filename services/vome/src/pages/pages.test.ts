import { startTestService, type TestService } from '@flowstead/service-kit/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sampleId, vomeService } from '../index.ts'
import { hourMs } from '../vome.testing.ts'

let vome: TestService
beforeEach(async () => {
  vome = await startTestService(vomeService)
})
afterEach(() => vome.close())

const me = `/volunteer/${sampleId('profile', 'zofie')}`
const cookie = () => `flowstead_vome=${vome.key}`

async function look(url: string) {
  const answer = await vome.app.inject({ url, headers: { cookie: cookie() } })
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
  return answer.body
}

/** Fields of the forms in a page whose button says this. */
function formsOf(text: string, button: string): Record<string, string>[] {
  return text
    .split('<form method="post">')
    .slice(1)
    .map((part) => part.split('</form>')[0] ?? '')
    .filter((part) => part.includes(`<button>${button}</button>`))
    .map((part) =>
      Object.fromEntries(
        [...part.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
      ),
    )
}

async function press(url: string, button: string) {
  const [fields] = formsOf(await look(url), button)
  expect([button, fields]).toEqual([button, expect.any(Object)])
  return send(url, fields as Record<string, string>)
}

function send(url: string, fields: Record<string, string>) {
  return vome.app.inject({
    method: 'POST',
    url,
    headers: { cookie: cookie(), 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })
}

const reservations = async () =>
  (await vome.call<{ data: { status: number }[] }>('GET', '/api/v1/reservations')).body.data.map(
    ({ status }) => status,
  )

describe('the volunteer', () => {
  test('books a shift and cancels it', async () => {
    expect(await look('/volunteer')).toContain('美咲 佐藤')
    const answer = await press(me, 'Book')
    expect([answer.statusCode, answer.headers.location]).toEqual([303, me])
    expect(await reservations()).toEqual([1])
    // The first shift is tomorrow morning: too late to cancel 12 h before it.
    vome.clock.advance(12 * hourMs)
    const text = await look(me)
    expect(formsOf(text, 'Cancel')).toEqual([])
    const id = formsOf(text, 'I will come')[0]?.id ?? ''
    const refused = await send(me, { action: 'cancel', id })
    expect([refused.statusCode, refused.body]).toEqual([409, expect.stringContaining('Not done:')])
    expect(await reservations()).toEqual([1])
    await vome.call('DELETE', `/api/v1/reservations/${id}`)
    const [, , , , , , , , late] = formsOf(await look(me), 'Book')
    await send(me, late as Record<string, string>)
    expect((await press(me, 'Cancel')).statusCode).toBe(303)
    expect(await reservations()).toEqual([7])
  })

  test('asks for hours, the coordinator approves them', async () => {
    await press(me, 'Book')
    expect(await look('/coordinator')).toContain('Žofie Černá')
    vome.clock.advance(48 * hourMs)
    await press(me, 'Ask for these hours')
    expect(await look(me)).toContain('hours asked for')
    expect((await press('/coordinator', 'Approve')).statusCode).toBe(303)
    expect(await reservations()).toEqual([4])
    expect(await look(me)).toContain('1 shifts done, 4 hours logged')
  })
})

test('the curl of a button makes the call of the button', async () => {
  const text = await look(me)
  const curl =
    /<pre>(curl [\s\S]*?)<\/pre>/.exec(text)?.[1]?.replaceAll('&#39;', "'").replaceAll('&quot;', '"') ?? ''
  const [, method, url] = /^curl -X (\S+) '([^']+)'/.exec(curl) ?? []
  const body = JSON.parse(/-d '(.*)'$/.exec(curl)?.[1] ?? '') as unknown
  const answer = await vome.call(method ?? '', new URL(url ?? '').pathname, { body })
  expect(answer.status).toBe(201)
})

test('pages need a key, unknown buttons and people are answered', async () => {
  expect((await vome.app.inject('/coordinator')).statusCode).toBe(401)
  expect((await send(me, { action: '__proto__' })).statusCode).toBe(400)
  expect((await send(me, { action: 'cancel', id: 'none' })).statusCode).toBe(404)
  expect(await look('/volunteer/none')).toContain('There is no such person.')
  expect(await look('/')).toContain('Dobrovolníci Praha')
})
