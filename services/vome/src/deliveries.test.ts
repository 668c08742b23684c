/** Each of the 547 rows in a real delivery, not null and with its type; every delivery fits the definition. */
import {
  type Delivered,
  type Receiver,
  startReceiver,
  startTestService,
  type TestService,
  until,
} from '@flowstead/service-kit/testing'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  asJsonSchema,
  type ContractRow,
  contract,
  rowsOf,
  type SwaggerSchema,
  swagger,
} from './contract.testing.ts'
import { events, vomeService } from './index.ts'
import { samplePayload } from './samples/sample-payloads.ts'
import { hourMs, iso } from './vome.testing.ts'

let vome: TestService
let receiver: Receiver

beforeAll(async () => {
  vome = await startTestService(vomeService)
  receiver = await startReceiver()
  for (const { name } of events) {
    await post(`subscriptions/${name}`, { callback_url: receiver.url })
  }
  await tellEverything()
  await until(async () => (await pending()) === 0)
})
afterAll(async () => {
  await receiver.close()
  await vome.close()
})

interface Made {
  id: string
  [member: string]: unknown
}

async function send(method: string, path: string, body?: unknown): Promise<Made> {
  const answer = await vome.call<Made>(method, `/api/v1/${path}`, body === undefined ? {} : { body })
  expect([answer.status, answer.body]).toEqual([expect.toSatisfy((status) => status < 300), answer.body])
  return answer.body
}
const post = (path: string, body?: unknown) => send('POST', path, body)
const pending = async () => {
  const { body } = await vome.call<{ deliveries: unknown[] }>('GET', '/local/deliveries?state=pending')
  return body.deliveries.length
}

const fullProfile = {
  first_name: '花子',
  last_name: 'サトウ',
  phone_number: '090-0000-0000',
  date_of_birth: '1999-05-05',
  gender: 2,
  gender_text: 'ノンバイナリー',
  occupation: '0',
  occupation_institution_name: '早稲田大学',
  skills: ['料理'],
  languages: ['日本語', 'Русский'],
  address: '東京都新宿区',
  address_coordinates: ['139.7', '35.69'],
  timezone: 'Tokyo Standard Time',
  profile_image: 'https://example.org/hanako.png',
  is_following: true,
  emergency_contact: { name: 'サトウ ジロウ', relationship: '父', phone_number: '03-0000-0000' },
  medical_information: { description: 'Arašídy', has_medical_info: true },
}

/** One life of everything, through the API. */
async function tellEverything(): Promise<void> {
  const [form, field, shirt, tag] = await Promise.all([
    first('forms'),
    first('custom_fields'),
    first('custom_field_options'),
    first('tags'),
  ])
  const custom_fields = [{ custom_field_id: field.id, values: [shirt.id] }]
  const row = { ...fullProfile, email: 'hanako@example.jp', tag_ids: [tag.id], custom_fields }
  const imported = await post('profile_imports', { profiles: [row] })
  const profile_id = (imported.data as Made[])[0]?.id as string

  const shift = await first('shifts')
  const opportunity_id = shift.opportunity_id as string
  await post('approvals', { profile_id, opportunity_id })
  vome.clock.advance(Date.parse(shift.shift_end_at as string) - vome.clock.now() + hourMs)
  const start = Date.parse(shift.shift_start_at as string)
  const attendance = {
    arrival_time: iso(start),
    departure_time: iso(start + 2 * hourMs),
    hours_approved_by: 'administrator-1',
  }
  // A profile that is new with a shift done already.
  await post('bookings', { name: 'Pavla Příchozí', shift_id: shift.id, attendance })
  const attended = { profile_id, shift_id: shift.id, by: 'administrator', attendance }
  const reservation = await post('reservations', attended)
  await send('PATCH', `reservations/${reservation.id}`, { departure_time: iso(start + 3 * hourMs) })
  await send('DELETE', `reservations/${reservation.id}`)
  await post('reservations', attended)

  await submitForm(form.id, profile_id, opportunity_id)
  await goThroughSequence(profile_id)
  await send('PATCH', `profiles/${profile_id}`, { is_following: false })
  await post(`profiles/${profile_id}/archive`)
  await post(`profiles/${profile_id}/reactivate`)
  await post('approvals', { profile_id, opportunity_id })
  await send('DELETE', `profiles/${profile_id}`)
}

async function first(plural: string): Promise<Made> {
  const { data } = await send('GET', `${plural}?limit=1`)
  return (data as Made[])[0] as Made
}

async function submitForm(form_id: string, profile_id: string, opportunity_id: string): Promise<void> {
  const { data } = await send('GET', `questions?form_id=${form_id}`)
  const questions = data as Made[]
  const answers = questions.map(({ id, options, question_type }) => {
    const [option] = options as string[]
    if (option !== undefined) return { question_id: id, options: [option] }
    return { question_id: id, answer: question_type === 'date' ? '2026-06-01' : 'はい' }
  })
  const submission = await post('form_submissions', {
    form_id,
    profile_id,
    answers,
    medical_info: 'аллергия',
    emergency_contact: { name: 'Jiří', relationship: 'bratr', phone_number: '1' },
    digital_consent: [{ digital_consent_info: 'J’accepte', attached_file: 'accord.pdf', consent_status: 1 }],
    general_availability: [{ day: 0, availability: '09:00-12:00,14:00-17:00' }],
    attachments: [
      { document_file: 'cv.pdf', notes: 'n', attachment_info: { title: 'CV', description: 'Une page' } },
    ],
    opportunity_ids: [opportunity_id],
  })
  await send('PATCH', `form_submissions/${submission.id}`, { submission_status: 'approved' })
  await send('DELETE', `form_submissions/${submission.id}`)
}

/** The form has assigned the onboarding; here it is taken away and given again with what was done. */
async function goThroughSequence(profile_id: string): Promise<void> {
  const { data } = await send('GET', `sequence_assignments?profile_id=${profile_id}`)
  const [assigned] = data as Made[]
  const sequence_id = assigned?.sequence_id as string
  await send('DELETE', `sequence_assignments/${assigned?.id}`)
  const steps = (await send('GET', `sequence_steps?sequence_id=${sequence_id}`)).data as Made[]
  const done = steps.slice(0, 2).map(({ category, id }) => ({
    step_id: id,
    status: 'complete',
    completion_on: '2026-05-01',
    expiration_on: '2027-05-01',
    ...(category === 'interview' ? { interview: 'V úterý s Janou' } : {}),
  }))
  const { id } = await post('sequence_assignments', { profile_id, sequence_id, steps: done })
  await send('PATCH', `sequence_assignments/${id}`, { status: 'paused' })
  await send('DELETE', `sequence_assignments/${id}`)
}

const deliveriesOf = (event: string): Delivered[] =>
  receiver.deliveries.filter(({ headers }) => headers['webhook-event'] === event)

/** Every value at the place, through objects and lists. */
function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  const [name, ...rest] = path
  if (name === undefined) return [value]
  if (Array.isArray(value)) return value.flatMap((inner) => valuesAt(inner, path))
  if (typeof value !== 'object' || value === null) return []
  return valuesAt((value as Record<string, unknown>)[name], rest)
}

function hasType(value: unknown, type: string): boolean {
  const [kind, , items] = type.split(' ')
  if (kind === 'array') {
    return (
      Array.isArray(value) &&
      value.length > 0 &&
      (items === undefined || value.every((v) => hasType(v, items)))
    )
  }
  if (kind === 'integer') return Number.isInteger(value)
  return value !== null && typeof value === kind
}

test.each(events)('$name: every row is delivered with a value of its type', ({ name }) => {
  const payloads = deliveriesOf(name).map(({ body }) => body)
  const isSeen = ({ path, type }: ContractRow) =>
    payloads.some((payload) => valuesAt(payload, path.split('.')).some((value) => hasType(value, type)))
  expect(rowsOf(name).filter((row) => !isSeen(row))).toEqual([])
})

test.each(events)('$name: every delivery fits the connector definition', ({ name }) => {
  const content = swagger.paths[`/subscriptions/${name}`]?.['x-ms-notification-content']?.schema
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(asJsonSchema(content as SwaggerSchema))
  for (const { body } of deliveriesOf(name)) {
    validate(body)
    expect(validate.errors).toBeNull()
  }
  expect(deliveriesOf(name).length).toBeGreaterThan(0)
})

test('all 547 rows are counted', () => {
  const counts = contract.operations.map(({ returns }) => returns.length)
  expect(counts.reduce((sum, count) => sum + count)).toBe(547)
})

test('a Windows time zone travels as its IANA name, hours are whole', () => {
  const [{ body }] = deliveriesOf('reservation.updated') as [Delivered]
  expect(body).toMatchObject({ status: 4, user: { timezone: 'Asia/Tokyo', gender: 2 } })
  const { body: deleted } = deliveriesOf('profile.deleted')[0] as Delivered
  expect(deleted).toMatchObject({ logged_hours: 2, completed_shifts: 1, profile_details: { gender: '2' } })
})

test.each(events)(
  '$name: the sample that emit sends fits the definition, with every row',
  async ({ family, name }) => {
    const payload = samplePayload(family, vome.clock.now())
    const content = swagger.paths[`/subscriptions/${name}`]?.['x-ms-notification-content']?.schema
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(asJsonSchema(content as SwaggerSchema))
    validate(payload)
    expect(validate.errors).toBeNull()
    const missing = rowsOf(name).filter(({ path }) => valuesAt(payload, path.split('.')).includes(undefined))
    expect(missing).toEqual([])
    const answer = await vome.call('POST', '/local/emit', { body: { event: name } })
    expect(answer.status).toBe(202)
  },
)
