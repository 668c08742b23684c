import { describe, expect, test } from 'vitest'
import { hourMs, iso, makeWorld, openVome, type TestVome } from '../vome.testing.ts'

const reserve = (vome: TestVome, profile_id: string, shift_id: string, more: object = {}) =>
  vome.call('createReservation', { body: { profile_id, shift_id, ...more } })
const codeOf = ({ body }: { body: Record<string, unknown> }) => body.code

function moreShifts(vome: TestVome, opportunity_id: string, days: readonly number[]): string[] {
  return days.map((day) => {
    const start = vome.now() + day * 24 * hourMs
    const body = { opportunity_id, shift_start_at: iso(start), shift_end_at: iso(start + hourMs), spots: 5 }
    return vome.must('createShift', { body }).id
  })
}

describe('an opportunity can say who reserves when', () => {
  test('volunteers wait until reservations open, administrators do not', () => {
    const vome = openVome()
    const opens = iso(vome.now() + hourMs)
    const { profileIds, shift_id } = makeWorld(vome, {
      people: 2,
      opportunity: { reservations_open_at: opens },
    })
    const [first, second] = profileIds as [string, string]
    expect(codeOf(reserve(vome, first, shift_id))).toBe('Vome.TooEarly')
    expect(reserve(vome, first, shift_id, { by: 'administrator' }).status).toBe(201)
    vome.advance(hourMs)
    expect(reserve(vome, second, shift_id).status).toBe(201)
  })

  test('a limit counts reservations near the shift that are not cancelled', () => {
    const vome = openVome()
    const limits = { reservation_limit: 1, reservation_limit_days: 7 }
    const { opportunity_id, profile_id } = makeWorld(vome, { opportunity: limits })
    const [one, near, far] = moreShifts(vome, opportunity_id, [10, 16, 17]) as [string, string, string]
    const { id } = reserve(vome, profile_id, one).body as { id: string }
    expect(codeOf(reserve(vome, profile_id, near))).toBe('Vome.LimitReached')
    expect(reserve(vome, profile_id, far).status).toBe(201)
    vome.must('updateReservation', { id, body: { status: 7 } })
    expect(codeOf(reserve(vome, profile_id, near))).toBe('Vome.LimitReached')
    expect(reserve(vome, profile_id, one).status).toBe(201)
  })

  test.each([
    ['any', [1, 0, 1, 1]],
    ['all', [0, 0, 0, 1]],
    ['none', [0, 1, 0, 0]],
  ])('tags: %s', (tag_rule, expected) => {
    const vome = openVome()
    const { opportunity_id, profileIds } = makeWorld(vome, { people: 4 })
    const tag_ids = ['driver', 'cook'].map((tag_title) => vome.must('createTag', { body: { tag_title } }).id)
    const [driver, cook] = tag_ids as [string, string]
    const given = [[driver], [], [cook], [driver, cook]]
    profileIds.forEach((profile_id, at) => {
      for (const tag_id of given[at] ?? []) vome.must('createProfileTag', { body: { profile_id, tag_id } })
    })
    const [shift] = moreShifts(vome, opportunity_id, [5]) as [string]
    vome.must('updateShift', { id: shift, body: { tag_rule, tag_ids } })
    const answers = profileIds.map((profile) => (reserve(vome, profile, shift).status === 201 ? 1 : 0))
    expect(answers).toEqual(expected)
  })

  test('guests take spots, infants do not, and both at most as many as allowed', () => {
    const vome = openVome()
    const { profileIds, shift_id } = makeWorld(vome, { spots: 3, people: 2, opportunity: { group_max: 2 } })
    const [lead, other] = profileIds as [string, string]
    expect(reserve(vome, lead, shift_id, { guests: 3 }).body).toMatchObject({ fields: [{ field: 'guests' }] })
    expect(reserve(vome, lead, shift_id, { guests: 2, infants: 4 }).status).toBe(201)
    expect(codeOf(reserve(vome, other, shift_id))).toBe('Vome.ShiftFull')
  })

  test('a shift that is over cannot be reserved, an attendance can still be logged', () => {
    const vome = openVome()
    const { end, profile_id, shift_id, start } = makeWorld(vome)
    vome.advance(75 * hourMs)
    expect(codeOf(reserve(vome, profile_id, shift_id))).toBe('Vome.TooLate')
    const attendance = { arrival_time: iso(start), departure_time: iso(end), hours_approved_by: 'admin' }
    expect(codeOf(reserve(vome, profile_id, shift_id, { attendance }))).toBe('Vome.AdministratorOnly')
    const future = { ...attendance, departure_time: iso(vome.now() + 1000) }
    const early = reserve(vome, profile_id, shift_id, { attendance: future, by: 'administrator' })
    expect(early.body).toMatchObject({ fields: [{ field: 'attendance.departure_time' }] })
    const made = reserve(vome, profile_id, shift_id, { attendance, by: 'administrator' })
    expect(made.body).toMatchObject({ status: 4, departure_time: iso(end) })
  })
})

describe('a volunteer', () => {
  test('cancels until 12 h before the start, an administrator at any time', () => {
    const vome = openVome()
    const { profile_id, shift_id } = makeWorld(vome)
    const { id } = reserve(vome, profile_id, shift_id).body as { id: string }
    const cancel = (by: string) => vome.call('updateReservation', { id, body: { status: 7, by } })
    vome.advance(60 * hourMs + 1)
    expect(codeOf(cancel('volunteer'))).toBe('Vome.TooLate')
    expect(cancel('administrator').body).toMatchObject({ status: 7 })
  })

  test('cannot do what only administrators do', () => {
    const vome = openVome()
    const { profile_id, shift_id } = makeWorld(vome, { opportunity: { instant_book: false } })
    const { id } = reserve(vome, profile_id, shift_id).body as { id: string }
    const accept = (by: string) => vome.call('updateReservation', { id, body: { status: 1, by } })
    expect(codeOf(accept('volunteer'))).toBe('Vome.AdministratorOnly')
    expect(accept('administrator').body).toMatchObject({ status: 1 })
  })
})

describe('the notice of a free spot', () => {
  const notified = (vome: TestVome) =>
    vome.must<{ data: { profile_id: string }[] }>('listNotices').data.map(({ profile_id }) => profile_id)

  test('goes to everybody who could take it, once the full shift has one', () => {
    const vome = openVome()
    const opportunity = { notify_free_spot: true }
    const { profileIds, shift_id } = makeWorld(vome, { spots: 2, people: 4, opportunity })
    const [a, b, c, d] = profileIds as [string, string, string, string]
    const { id } = reserve(vome, a, shift_id).body as { id: string }
    vome.must('archiveProfile', { id: d })
    vome.must('updateReservation', { id, body: { status: 7 } })
    expect(notified(vome)).toEqual([])
    reserve(vome, a, shift_id)
    const second = reserve(vome, b, shift_id).body as { id: string }
    vome.must('updateReservation', { id: second.id, body: { status: 7 } })
    expect(notified(vome)).toEqual([c])
  })

  test('does not exist where the opportunity does not want it', () => {
    const vome = openVome()
    const { profileIds, shift_id } = makeWorld(vome, { spots: 1, people: 2 })
    const { id } = reserve(vome, profileIds[0] as string, shift_id).body as { id: string }
    vome.must('deleteReservation', { id })
    expect(notified(vome)).toEqual([])
  })
})
