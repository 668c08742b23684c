import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkedJson, cli, temporaryFolder } from '../cli.testing.ts'

interface Demo {
  readonly name: string
  readonly run: { readonly status: string; readonly actions: Readonly<Record<string, { status: string }>> }
  readonly client: { readonly name: string }
  readonly lead: Readonly<Record<string, unknown>>
  readonly mail: Readonly<Record<string, unknown>>
}

test.each(['Ana Nováková', `Zoë "O'Brien" & Söhne`, '花子 山田'])(
  'the run of %s succeeded, and client, lead and mail carry the name',
  async (name) => {
    const { code, out, err } = await cli(['demo', '--name', name])
    expect([code, err]).toEqual([0, ''])
    const demo = checkedJson(out, 'demo/1') as unknown as Demo
    expect(demo).toMatchObject({ name, status: 'Succeeded', run: { status: 'Succeeded' }, client: { name } })
    expect(demo.run.actions).toMatchObject({
      Main: { status: 'Succeeded' },
      Register_a_client: { status: 'Succeeded' },
      Register_a_lead: { status: 'Succeeded' },
      'Send_email_(V3)': { status: 'Succeeded' },
      Exception: { status: 'Skipped' },
    })
    expect(JSON.stringify(demo.lead)).toContain(JSON.stringify(name).slice(1, -1))
    expect(JSON.stringify(demo.mail)).toContain(JSON.stringify(name).slice(1, -1))
    expect(out).toContain('"status": "Succeeded"')
  },
)

test('a run that failed exits with 1, with the reason, and is printed all the same', async () => {
  const { code, out, err } = await cli(['demo', '--name', 'y'.repeat(150)])
  expect([code, checkedJson(out, 'demo/1').status]).toEqual([1, 'Failed'])
  expect(err).toBe('The run ended as Failed: BookingNotConfirmed, Register_a_lead did not succeed.\n')
})

test('a random name is used when none is given', async () => {
  const { code, out } = await cli(['demo'])
  expect(code).toBe(0)
  expect((JSON.parse(out) as Demo).name).toMatch(/ \d{4}$/)
})

test('a project without the sample flow exits with 1 and says so on stderr', async () => {
  const dir = temporaryFolder()
  writeFileSync(join(dir, 'flowstead.json'), '{"flows":[],"connectors":[],"connections":{}}')
  const { code, out, err } = await cli(['demo', '--dir', dir])
  expect([code, out]).toEqual([1, ''])
  expect(err).toContain('Booking confirmation')
})

test('an empty name is wrong usage', async () => {
  expect((await cli(['demo', '--name', ' '])).code).toBe(2)
})
