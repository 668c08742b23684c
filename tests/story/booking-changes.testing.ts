import { describe, expect, test } from 'vitest'
import { type Row, type SampleServer, subjects } from './sample-server.testing.ts'

/** Updated and deleted reservations reach the volunteer and the lead. */
export function bookingChanges(samples: () => SampleServer): void {
  describe('booking changes', () => {
    const title = (name: string) => `Shift of ${name}`

    /** A booked shift in 2099, after its confirmation: the reservation as Vome tells of it. */
    async function booked(name: string, opportunity: Row = {}): Promise<Row> {
      const [category] = (await samples().vome('/categories')).data
      const { id: opportunity_id } = await samples().vome('/opportunities', {
        category_id: category.id,
        title: name,
        ...opportunity,
      })
      const { id: shift_id } = await samples().vome('/shifts', {
        opportunity_id,
        shift_title: title(name),
        shift_start_at: '2099-01-05T08:00:00Z',
        shift_end_at: '2099-01-05T12:00:00Z',
        spots: 1,
      })
      const { id: profile_id } = await samples().vome('/profiles', {
        first_name: name,
        last_name: 'Změnová',
        email: `${name}@changes.example`,
        timezone: 'Asia/Tokyo',
      })
      const reservation = await samples().vome('/bookings', { profile_id, shift_id })
      const [run] = await samples().runs('Booking confirmation', 1, ({ id }) => id === reservation.id)
      expect(run?.status).toBe('Succeeded')
      return reservation
    }
    const move = ({ id }: Row, body: Row) => samples().vome(`/reservations/${id}`, body, 'PATCH')
    const changes = ({ id }: Row, count: number) =>
      samples().runs('Booking changes', count, (body) => body.id === id)
    const leadsOf = ({ user }: Row) => samples().records('leads', { 'search[email]': user.email })
    const mailsTo = ({ user }: Row) => samples().mails(user.email)

    test('a cancelled shift is told to the volunteer in the own time zone, and the lead is closed', async () => {
      const reservation = await booked('Anna')
      await move(reservation, { status: 7, by: 'volunteer' })
      expect(await changes(reservation, 1)).toMatchObject([{ status: 'Succeeded' }])

      const [mail] = await mailsTo(reservation)
      expect(mail?.subject).toBe(`Your shift is cancelled: ${title('Anna')}`)
      expect(mail?.html).toContain('Monday 5 January 2099 17:00 (Asia/Tokyo)')
      expect(await leadsOf(reservation)).toMatchObject([
        { lead_status: 2, note: expect.stringContaining('Your shift is cancelled') },
      ])
    })

    test('a removed shift is told, and removing a cancelled one is not told twice', async () => {
      const removed = await booked('Barbora')
      await samples().vome(`/reservations/${removed.id}`, undefined, 'DELETE')
      await changes(removed, 1)
      expect(subjects(await mailsTo(removed))).toEqual([
        `Your shift was removed: ${title('Barbora')}`,
        `Your shift: ${title('Barbora')}`,
      ])
      expect(await leadsOf(removed)).toMatchObject([{ lead_status: 2 }])

      const cancelled = await booked('Cecilie')
      await move(cancelled, { status: 7 })
      await changes(cancelled, 1)
      await samples().vome(`/reservations/${cancelled.id}`, undefined, 'DELETE')
      expect(await changes(cancelled, 2)).toMatchObject([{ status: 'Succeeded' }, { status: 'Succeeded' }])
      expect(await mailsTo(cancelled)).toHaveLength(2)
    })

    test('an approved request and logged hours are told; an absence is not', async () => {
      const reservation = await booked('Dana', { instant_book: false })
      await move(reservation, { status: 1 })
      await changes(reservation, 1)
      expect(await leadsOf(reservation)).toMatchObject([{ lead_status: 1 }])
      await move(reservation, { status: 6 })
      await changes(reservation, 2)
      await move(reservation, { status: 4, hours_approved_by: 'admin' })
      await changes(reservation, 3)

      const [thanks, ...earlier] = await mailsTo(reservation)
      expect(thanks?.subject).toBe(`Thank you for your help: ${title('Dana')}`)
      expect(thanks?.html).toContain('17:00 to 21:00')
      expect(subjects(earlier)).toEqual([
        `Your request is approved: ${title('Dana')}`,
        `Your shift: ${title('Dana')}`,
      ])
      const [lead] = await leadsOf(reservation)
      expect(lead?.lead_status).toBe(2)
      expect(lead?.note.split('\n')).toEqual([
        expect.stringContaining('Thank you for your help'),
        expect.stringContaining('Your request is approved'),
      ])
    })
  })
}
