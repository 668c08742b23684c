import { describe, expect, test } from 'vitest'
import { coordinator, type Row, type SampleServer } from './sample-server.testing.ts'

/** What ends in Planado is noted in HotProfile. */
export function finishedJob(samples: () => SampleServer): void {
  describe('a finished Planado job', () => {
    const finishedJob = async (given: Row) => {
      const { job_uuid } = await samples().planado('/jobs', {
        template: { name: 'Equipment hand-out' },
        ...given,
      })
      const { job } = await samples().planado(`/jobs/${job_uuid}/transitions`, {
        to: 'finished',
        resolution: { name: 'Клиента нет дома', comment: 'Zítra znovu' },
      })
      return job as Row
    }
    const runsOf = ({ uuid }: Row, count: number) =>
      samples().runs('Finished job to CRM', count, ({ job }) => job.uuid === uuid)

    test('is noted on the newest lead with the address of its order, above what stood there', async () => {
      const { id: client_id } = await samples().hotprofile('clients/create', {
        name: 'Note',
        name_disp: 'Note',
      })
      for (const note of ['old', 'kept']) {
        const lead = { client_id, family_name: 'Note', email: 'note@jobs.example', note }
        await samples().hotprofile('leads/create', lead)
      }
      const lead = { client_id, family_name: 'Other', email: 'another.note@jobs.example' }
      await samples().hotprofile('leads/create', lead)
      const job = await finishedJob({ external_order_id: 'note@jobs.example' })
      expect(await runsOf(job, 1)).toMatchObject([{ status: 'Succeeded' }])

      const leads = await samples().records('leads', { 'search[client_id]': String(client_id) })
      const line = `Job #${job.serial_no}: Equipment hand-out, Клиента нет дома (Zítra znovu)`
      expect(leads.map(({ note }) => note)).toEqual(['old', expect.stringContaining(`${line}\nkept`), ''])
    })

    test('is noted once, however often the run is made', async () => {
      const address = 'again@jobs.example'
      const client = await samples().hotprofile('clients/create', { name: 'Again', name_disp: 'Again' })
      const lead = { client_id: client.id, family_name: 'Again', email: address }
      await samples().hotprofile('leads/create', lead)
      const job = await finishedJob({ external_order_id: address })
      const [run] = await runsOf(job, 1)
      if (run !== undefined) await samples().resubmit(run)

      const [, again] = await runsOf(job, 2)
      expect([again?.status, again?.actions.Update_a_lead]).toEqual(['Succeeded', 'Skipped'])
      const [{ note }] = (await samples().records('leads', { 'search[email]': address })) as [Row]
      expect(note.split(`Job #${job.serial_no}:`)).toHaveLength(2)
    })

    test('without a lead is told to the coordinator; a cancelled job and one without order start nothing', async () => {
      const stranger = 'nobody@jobs.example'
      const { job_uuid } = await samples().planado('/jobs', { external_order_id: stranger })
      await samples().planado(`/jobs/${job_uuid}/transitions`, { to: 'canceled' })
      const silent = await finishedJob({})
      const job = await finishedJob({ external_order_id: stranger })
      await samples().everythingTold('planado')

      expect(await runsOf(job, 1)).toMatchObject([{ status: 'Succeeded' }])
      expect(await runsOf(silent, 0)).toEqual([])
      expect(await runsOf({ uuid: job_uuid }, 0)).toEqual([])
      const told = (await samples().mails(coordinator)).filter(({ subject }) => subject.includes(stranger))
      expect(told).toMatchObject([{ html: expect.stringContaining(`Job #${job.serial_no}:`) }])
    })
  })
}
