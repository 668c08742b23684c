import { describe, expect, test } from 'vitest'
import { timeZoneNamed } from '../organization/time-zone.ts'
import { makeWorld, openVome } from '../vome.testing.ts'

const person = { first_name: 'Anaïs', last_name: 'Новак', email: 'a@example.org' }
const make = (more: object = {}) => {
  const vome = openVome()
  return { vome, ...vome.call<Record<string, unknown>>('createProfile', { body: { ...person, ...more } }) }
}

describe('time zones', () => {
  test.each([
    ['Europe/Prague', 'Europe/Prague'],
    ['Central Europe Standard Time', 'Europe/Budapest'],
    ['Tokyo Standard Time', 'Asia/Tokyo'],
    ['UTC', 'UTC'],
    ['+02:00', undefined],
    ['Mars/Olympus', undefined],
    ['', undefined],
  ])('%s is %s', (name, iana) => {
    const known = timeZoneNamed(name)
    expect(known === undefined ? known : new Intl.DateTimeFormat('en', { timeZone: known }) && iana).toBe(
      iana,
    )
  })

  test('a profile keeps the IANA name, null is the zone of the organisation', () => {
    expect(make({ timezone: 'Tokyo Standard Time' }).body).toMatchObject({ timezone: 'Asia/Tokyo' })
    expect(make({ timezone: '+02:00' }).body).toMatchObject({ fields: [{ field: 'timezone' }] })
  })
})

describe('members that need another one', () => {
  test.each([
    [{ gender: 1, gender_text: 'x' }, 'gender_text'],
    [{ occupation: '2', occupation_institution_name: 'x' }, 'occupation_institution_name'],
    [
      { medical_information: { description: 'x', has_medical_info: false } },
      'medical_information.description',
    ],
  ])('%j is refused', (more, field) => {
    expect(make(more)).toMatchObject({ status: 400, body: { fields: [{ field }] } })
  })

  test('are cleared when the other one changes', () => {
    const { body, vome } = make({
      gender: 2,
      gender_text: 'x',
      occupation: '1',
      occupation_institution_name: 'y',
    })
    const after = vome.must('updateProfile', { id: String(body.id), body: { gender: 1, occupation: '' } })
    expect(after).toMatchObject({ gender_text: '', occupation_institution_name: '' })
  })
})

test('the age is counted in whole years on the day of the organisation', () => {
  const ages = ['2000-05-04', '2000-05-05', '1999-05-03'].map((date_of_birth) => {
    const { body, vome } = make({ date_of_birth })
    const { profile_details } = vome.must('getProfileDetails', { id: String(body.id) })
    return (profile_details as { age: string }).age
  })
  expect(ages).toEqual(['26', '25', '27'])
})

test('an archived event shows the approvals that end', () => {
  const vome = openVome()
  const { opportunity_id, profile_id } = makeWorld(vome)
  vome.must('archiveProfile', { id: profile_id })
  expect(vome.events.at(-1)).toMatchObject({
    event: 'profile.archived',
    payload: { opportunities: [{ opportunity: { id: opportunity_id } }] },
  })
  expect(vome.must('getProfileDetails', { id: profile_id })).toMatchObject({ opportunities: [] })
  vome.must('reactivateProfile', { id: profile_id })
  expect(vome.must('getProfileDetails', { id: profile_id })).toMatchObject({ opportunities: [] })
})

test('a claim needs the address of the profile and an offline profile', () => {
  const { body, vome } = make()
  const claim = (email: string) => vome.call('claimProfile', { id: String(body.id), body: { email } })
  expect(claim('other@example.org')).toMatchObject({ status: 400, body: { fields: [{ field: 'email' }] } })
  expect(claim('A@example.org').body).toMatchObject({ is_offline: false })
  expect(claim('a@example.org').body.code).toBe('Vome.WrongState')
})

test('names of members that mean something to objects are ordinary names', () => {
  const body = JSON.parse('{"first_name":"a","last_name":"b","email":"c@d.example","__proto__":{"gender":1}}')
  const vome = openVome()
  expect(vome.call('createProfile', { body })).toMatchObject({
    status: 400,
    body: { fields: [{ field: '__proto__' }] },
  })
})
