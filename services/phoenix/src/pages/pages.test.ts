import { execFileSync } from 'node:child_process'
import type { TestService } from '@flowstead/service-kit/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventsOf, hour, iso, scheduled, startPhoenix } from '../phoenix.testing.ts'

let phoenix: TestService
beforeAll(async () => {
  phoenix = await startPhoenix()
})
afterAll(() => phoenix.close())

const headers = () => ({ cookie: `flowstead_phoenix=${phoenix.key}` })
const show = async (url: string) => (await phoenix.app.inject({ url, headers: headers() })).body
const send = (url: string, form: Record<string, string>) =>
  phoenix.app.inject({
    method: 'POST',
    url,
    headers: { ...headers(), 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  })

describe('the pages', () => {
  test('schedule a session, reschedule it and cancel it', async () => {
    const made = await send('/', {
      command: 'schedule',
      title: '<b>Séance & co</b>',
      description: '',
      startDate: '2026-06-01T09:00',
      endDate: '2026-06-01T09:30',
      coachId: 'c',
      talentId: 't',
    })
    expect(made.statusCode).toBe(303)
    const place = String(made.headers.location)
    expect(await show('/')).toContain('&lt;b&gt;Séance &amp; co&lt;/b&gt;')
    expect(await show(place)).toContain('2026-06-01 09:00')
    await send(place, { command: 'reschedule', startDate: '2026-06-01T08:00', endDate: '2026-06-01T09:30' })
    expect(await show(place)).toContain('2026-06-01 08:00')
    const form = { command: 'cancel', cancelationReason: 'OTHER', canceledBy: 'COACH' }
    await send(place, { ...form, cancelationExplanation: 'Neige' })
    const shown = await show(place)
    expect(shown).toContain('OTHER by COACH')
    expect(shown).not.toContain('id="cancel"')
    expect(shown).toContain('VCSessionCanceledEvent')
    expect(await show('/?status=PLANNED&talentId=t')).toContain('No sessions.')
    expect(await show('/?status=CANCELED&talentId=t')).toContain(place)
  })

  test('say why something cannot be done, and change nothing', async () => {
    const { id } = await scheduled(phoenix)
    const before = await eventsOf(phoenix)
    const refused = await send(`/sessions/${id}`, {
      command: 'cancel',
      cancelationReason: 'OTHER',
      canceledBy: 'COACH',
    })
    expect(refused.statusCode).toBe(400)
    expect(refused.body).toContain('&quot;cancelationExplanation&quot; is required')
    for (const form of [{ command: 'schedule' }, { command: 'x' }, {}]) {
      expect((await send(`/sessions/${id}`, form)).statusCode).toBe(400)
    }
    const bad = { command: 'schedule', title: ' ', startDate: 'soon', endDate: '', coachId: '', talentId: '' }
    const unreadable = await send('/', bad)
    expect([unreadable.statusCode, unreadable.body.includes('&quot;coachId&quot; is required')]).toEqual([
      400,
      true,
    ])
    expect((await send('/sessions/nobody', { command: 'complete' })).statusCode).toBe(404)
    expect(await eventsOf(phoenix)).toEqual(before)
  })

  test('complete and delete', async () => {
    const { id } = await scheduled(phoenix, -1)
    await send(`/sessions/${id}`, { command: 'complete' })
    await send(`/sessions/${id}`, { command: 'delete' })
    expect(await show(`/sessions/${id}`)).toContain('DONE, deleted')
    expect(await show('/sessions/x')).toContain('No such session')
  })

  test('need a key', async () => {
    expect((await phoenix.app.inject({ url: '/' })).statusCode).toBe(401)
    expect((await phoenix.app.inject({ method: 'POST', url: '/' })).statusCode).toBe(401)
  })

  test.skipIf(process.platform === 'win32')('show a curl that does what the form does', async () => {
    const { id } = await scheduled(phoenix, 48, { title: "l'heure" })
    const text = (await show(`/sessions/${id}`))
      .split('id="reschedule"')[1]
      ?.split('<pre>')[1]
      ?.split('</pre>')[0]
    const entities: Record<string, string> = { '&quot;': '"', '&#39;': "'", '&amp;': '&' }
    const curl = (text ?? '').replaceAll(/&(quot|#39|amp);/g, (entity) => entities[entity] ?? entity)
    const words = JSON.parse(
      execFileSync(
        'sh',
        ['-c', `curl() { node -p 'JSON.stringify(process.argv.slice(1))' -- "$@"; }\n${curl}`],
        {
          env: { ...process.env, PHOENIX_KEY: phoenix.key },
          encoding: 'utf8',
        },
      ),
    ) as string[]
    const url = new URL(words.find((word) => word.startsWith('http')) ?? '')
    const body = JSON.parse(words.at(-1) ?? '') as { startDate: string }
    expect([words[1], url.pathname]).toEqual(['POST', `/api/v1/appointments/${id}/reschedule`])
    expect(words).toContain(`X-API-Key: ${phoenix.key}`)
    const startDate = iso(Date.parse(body.startDate) - hour)
    const answer = await phoenix.call('POST', url.pathname, { body: { ...body, startDate } })
    expect(answer.body).toMatchObject({ startDate })
  })
})
