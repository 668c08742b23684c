import { describe, expect, test } from 'vitest'
import { hourMs, iso, makeWorld, openVome, type TestVome } from '../vome.testing.ts'

interface Details {
  readonly logged_hours: number
  readonly completed_shifts: number
  readonly most_recent_shift: string | null
}

const record = (vome: TestVome, id: string) => {
  const { completed_shifts, logged_hours, most_recent_shift } = vome.must<Details>('getProfileDetails', {
    id,
  })
  return { completed_shifts, logged_hours, most_recent_shift }
}
const nothing = { completed_shifts: 0, logged_hours: 0, most_recent_shift: null }

function reserved(opportunity: Record<string, unknown> = {}) {
  const vome = openVome()
  const world = makeWorld(vome, { opportunity })
  const { profile_id, shift_id } = world
  const { id } = vome.must('createReservation', { body: { profile_id, shift_id } })
  const move = (status: number, more: object = {}) =>
    vome.call('updateReservation', { id, body: { status, ...more } })
  const shown = () => vome.must<{ status: number } & Record<string, unknown>>('getReservation', { id })
  return { vome, ...world, id, move, shown }
}

describe('what a profile has done is counted from its reservations', () => {
  test('hours appear with the check-out and go with the reservation', () => {
    const { id, move, profile_id, start, vome } = reserved()
    vome.advance(71 * hourMs)
    move(3)
    expect(record(vome, profile_id)).toEqual(nothing)
    vome.advance(2.5 * hourMs)
    move(4)
    const done = { completed_shifts: 1, logged_hours: 2, most_recent_shift: iso(start) }
    expect(record(vome, profile_id)).toEqual(done)
    vome.must('deleteReservation', { id })
    expect(record(vome, profile_id)).toEqual(nothing)
  })

  test('hours served elsewhere are part of the total', () => {
    const { profile_id, vome } = reserved()
    vome.must('updateProfile', { id: profile_id, body: { off_vome_hours: 40 } })
    expect(record(vome, profile_id)).toEqual({ ...nothing, logged_hours: 40 })
  })

  test('minutes of several shifts add up before they become hours; the latest shift counts', () => {
    const { opportunity_id, profile_id, vome } = reserved()
    const start = vome.now() - 240 * hourMs
    for (const day of [5, 1, 3]) {
      const at = start + day * 24 * hourMs
      const times = { shift_start_at: iso(at), shift_end_at: iso(at + 2 * hourMs) }
      const shift = vome.must('createShift', { body: { opportunity_id, spots: 1, ...times } })
      const attendance = {
        arrival_time: iso(at),
        departure_time: iso(at + 40 * 60_000),
        hours_approved_by: 'admin',
      }
      const body = { profile_id, shift_id: shift.id, by: 'administrator', attendance }
      vome.must('createReservation', { body })
    }
    expect(record(vome, profile_id)).toEqual({
      completed_shifts: 3,
      logged_hours: 2,
      most_recent_shift: iso(start + 120 * hourMs),
    })
  })

  test('changed times change the hours, and only then the profile has an event', () => {
    const { end, id, move, profile_id, vome } = reserved()
    move(4, { hours_approved_by: 'admin' })
    const change = (body: object) => vome.eventsOf(() => vome.must('updateReservation', { id, body }))
    expect(change({ departure_time: iso(end + hourMs) })).toEqual(['reservation.updated', 'profile.updated'])
    expect(record(vome, profile_id).logged_hours).toBe(4)
    expect(change({ hours_approved_by: 'other' })).toEqual(['reservation.updated'])
  })
})

describe('the clock', () => {
  test('marks a reservation as not logged at the end of the shift', () => {
    const { shown, vome } = reserved()
    vome.advance(75 * hourMs - 1)
    expect(shown().status).toBe(1)
    vome.advance(1)
    expect(shown().status).toBe(5)
  })

  test('leaves requests, people checked in and cancelled ones alone', () => {
    const request = reserved({ instant_book: false })
    request.vome.advance(100 * hourMs)
    expect(request.shown().status).toBe(0)
    const present = reserved()
    present.vome.advance(72 * hourMs)
    present.move(3)
    present.vome.advance(100 * hourMs)
    expect(present.shown().status).toBe(3)
  })

  test('follows a shift that is moved', () => {
    const { end, shift_id, shown, start, vome } = reserved()
    const times = { shift_start_at: iso(start + 5 * hourMs), shift_end_at: iso(end + 5 * hourMs) }
    vome.must('updateShift', { id: shift_id, body: times })
    vome.advance(75 * hourMs)
    expect(shown().status).toBe(1)
    vome.advance(5 * hourMs)
    expect(shown().status).toBe(5)
  })

  test('checks in and out by itself where the opportunity wants it, also when that is said later', () => {
    const { end, opportunity_id, profile_id, shown, start, vome } = reserved()
    vome.must('updateOpportunity', { id: opportunity_id, body: { auto_check_in_out: true } })
    vome.advance(72 * hourMs)
    expect(shown()).toMatchObject({ status: 3, arrival_time: iso(start) })
    vome.advance(3 * hourMs)
    expect(shown()).toMatchObject({ status: 4, arrival_time: iso(start), departure_time: iso(end) })
    expect(record(vome, profile_id).logged_hours).toBe(3)
  })
})

describe('claims', () => {
  function claimed(opportunity: Record<string, unknown> = {}, claim: object = {}) {
    const made = reserved(opportunity)
    const { end, id, vome } = made
    vome.advance(80 * hourMs)
    const body = { reservation_id: id, claimed_from: iso(end - 4 * hourMs), claimed_to: iso(end), ...claim }
    return {
      ...made,
      answer: vome.call<{ id: string } & Record<string, unknown>>('createHourClaim', { body }),
    }
  }

  test('an approved claim sets what counts, less when there was a break', () => {
    const { answer, end, profile_id, shown, vome } = claimed({}, { minutes: 200 })
    expect(answer.body).toMatchObject({ status: 'pending', minutes: 200, decided_by: null })
    vome.must('approveHourClaim', { id: answer.body.id, body: { decided_by: 'admin-1' } })
    expect(shown()).toMatchObject({
      status: 4,
      arrival_time: iso(end - 4 * hourMs),
      hours_approved_by: 'admin-1',
    })
    expect(record(vome, profile_id).logged_hours).toBe(3)
    const again = vome.call('declineHourClaim', { id: answer.body.id, body: { decided_by: 'admin-1' } })
    expect(again.body.code).toBe('Vome.WrongState')
  })

  test('more hours can be asked for after hours were logged', () => {
    const { answer, id, profile_id, vome } = claimed()
    vome.must('approveHourClaim', { id: answer.body.id, body: { decided_by: 'admin-1' } })
    const to = vome.now()
    const body = { reservation_id: id, claimed_from: iso(to - 6 * hourMs), claimed_to: iso(to) }
    const { id: second } = vome.must('createHourClaim', { body })
    vome.must('approveHourClaim', { id: second, body: { decided_by: 'admin-1' } })
    expect(record(vome, profile_id)).toMatchObject({ logged_hours: 6, completed_shifts: 1 })
  })

  test('where nobody has to approve, hours are logged at once', () => {
    const { answer, shown } = claimed({ auto_approve_hours: true })
    expect(answer.body).toMatchObject({ status: 'approved', decided_by: null })
    expect(shown()).toMatchObject({ status: 4, hours_approved_by: null })
  })

  test.each([
    [{ claimed_to: '2026-05-06T00:00:00Z' }, 'claimed_to'],
    [{ claimed_to: '2027-01-01T00:00:00Z' }, 'claimed_to'],
    [{ minutes: 241 }, 'minutes'],
    [{ minutes: 0 }, 'minutes'],
    [{ reservation_id: 'none' }, 'reservation_id'],
    [{ status: 'approved' }, 'status'],
  ])('%j is refused', (claim, field) => {
    const { answer } = claimed({}, claim)
    expect([answer.status, answer.body]).toMatchObject([400, { fields: [{ field }] }])
  })

  test('before the end, for absent and for archived people there are none', () => {
    const early = reserved()
    const body = {
      reservation_id: early.id,
      claimed_from: iso(early.vome.now() - hourMs),
      claimed_to: iso(early.vome.now()),
    }
    expect(early.vome.call('createHourClaim', { body }).body.code).toBe('Vome.WrongState')
    const { id, move, profile_id, vome } = claimed()
    expect(vome.call('createHourClaim', { body: { ...body, reservation_id: id } }).body.code).toBe(
      'Vome.Taken',
    )
    vome.must('archiveProfile', { id: profile_id })
    expect(vome.call('createHourClaim', { body: { ...body, reservation_id: id } }).body.code).toBe(
      'Vome.ProfileArchived',
    )
    move(6)
    vome.must('reactivateProfile', { id: profile_id })
    expect(vome.call('createHourClaim', { body: { ...body, reservation_id: id } }).body.code).toBe(
      'Vome.WrongState',
    )
  })
})
