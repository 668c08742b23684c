import { describe, expect, test } from 'vitest'
import { coordinator, type Row, type SampleServer } from './sample-server.testing.ts'

/** A session that is cancelled late is told to the coordinator. */
export function lateCancellation(samples: () => SampleServer): void {
  describe('a cancelled session', () => {
    const hourMs = 3_600_000
    /** A session that starts in so many hours and is cancelled now. */
    const cancelled = async (title: string, hours: number, cancelation: Row) => {
      const start = Date.now() + hours * hourMs
      const session = await samples().phoenix('/appointments', {
        title,
        startDate: new Date(start).toISOString(),
        endDate: new Date(start + hourMs).toISOString(),
        coachId: 'coach-1',
        talentId: `talent of ${title}`,
      })
      await samples().phoenix(`/appointments/${session.id}/cancel`, cancelation)
      return samples().runs(
        'Late cancellation',
        1,
        ({ eventData }) => eventData.appointment.id === session.id,
      )
    }
    const toldOf = async (title: string) =>
      (await samples().mails(coordinator)).filter(({ subject }) => subject.endsWith(title))
    const bySystem = { canceledBy: 'COACH', cancelationReason: 'COACH_NO_LONGER_AVAILABLE' }

    test('less than 24 h before its start is told to the coordinator', async () => {
      const title = 'Silné stránky'
      expect(await cancelled(title, 23.5, bySystem)).toMatchObject([{ status: 'Succeeded' }])
      const [mail, ...others] = await toldOf(title)
      expect(others).toEqual([])
      expect(mail?.html).toMatch(/cancelled 23 h (29|30) min before its start/)
      expect(mail?.html).toContain('COACH_NO_LONGER_AVAILABLE')
    })

    test.each([
      ['a day before', 24.01, bySystem],
      ['after its start', -1, { canceledBy: 'COACH', cancelationReason: 'TALENT_NO_SHOW' }],
    ])('%s is told to nobody', async (title, hours, cancelation) => {
      const [run] = await cancelled(title, hours, cancelation)
      expect([run?.status, run?.actions['Send_email_(V3)']]).toEqual(['Succeeded', 'Skipped'])
      expect(await toldOf(title)).toEqual([])
    })
  })
}
