import { describe, expect, test } from 'vitest'
import type { Row, SampleServer } from './sample-server.testing.ts'

/** Whoever applies in Vome gets a job in Planado. */
export function equipmentHandout(samples: () => SampleServer): void {
  describe('a submitted form', () => {
    const formNamed = async (name: string) => {
      const { data } = await samples().vome('/forms?limit=100')
      return (data as Row[]).find(({ title }) => title === name) as Row
    }
    const submit = async (form: Row, applicant: Row, answers: readonly Row[] = []) =>
      (await samples().vome('/form_submissions', { form_id: form.id, applicant, answers })).user.id as string
    const runsOf = (profile: string, count: number) =>
      samples().runs('Equipment hand-out', count, (body) => body.user_info.id === profile)

    test('becomes a job for the storekeeper, by way of the onboarding sequence', async () => {
      const form = await formNamed('Přihláška dobrovolníka')
      const profile = await submit(form, {
        first_name: 'Tomáš',
        last_name: 'Uvedený',
        email: 'Tomas@handout.example',
        phone_number: '+420 600 111 222',
      })
      const [run] = await runsOf(profile, 1)
      expect(run?.status).toBe('Succeeded')

      const { job } = await samples().planado(`/jobs/vome-${run?.triggerBody.id}`)
      expect(job).toMatchObject({
        status: 'published',
        external_order_id: 'tomas@handout.example',
        template: { name: 'Equipment hand-out' },
        assignee: { worker: { email: 'jiri.dvorak@planado.example' } },
        client: { external_id: `vome-${profile}` },
        contacts: [{ name: 'Tomáš Uvedený', value: '+420 600 111 222', type: 'phone' }],
        custom_fields: [
          { name: 'Volunteer', value: 'Tomáš Uvedený' },
          { name: 'Item', value: { name: 'Vesta' } },
        ],
      })
      const inPrague = new Intl.DateTimeFormat('en', {
        timeZone: 'Europe/Prague',
        weekday: 'short',
        hour: 'numeric',
        hourCycle: 'h23',
      }).format(new Date(job.scheduled_at))
      expect(inPrague).toMatch(/^(Mon|Tue|Wed|Thu|Fri),? 09$/)
      expect(Date.parse(job.scheduled_at)).toBeGreaterThan(Date.parse(job.created_at))

      const { client } = await samples().planado(`/clients/vome-${profile}`)
      expect(client).toMatchObject({ organization: false, first_name: 'Tomáš', last_name: 'Uvedený' })
    })

    test('that assigns another sequence as well makes one job, a form without automation none', async () => {
      const form = await formNamed('Přihláška dobrovolníka')
      const { data } = await samples().vome(`/questions?form_id=${form.id}&limit=100`)
      const [where] = (data as Row[]).filter(({ options }) => options.includes('Kuchyně'))
      const applicant = { first_name: 'Uršula', last_name: 'Kuchařová', email: 'ursula@handout.example' }
      const profile = await submit(form, applicant, [{ question_id: where?.id, options: ['Kuchyně'] }])
      await submit(await formNamed('ボランティアアンケート'), applicant)

      const assigned = await samples().vome(`/sequence_assignments?profile_id=${profile}`)
      expect(assigned.data).toHaveLength(2)
      await samples().everythingTold('vome')
      expect(await runsOf(profile, 1)).toMatchObject([
        { status: 'Succeeded', triggerBody: { sequence_info: { title: 'Uvedení dobrovolníka' } } },
      ])
      const { jobs } = await samples().planado('/jobs')
      const own = (jobs as Row[]).filter(({ external_order_id }) => external_order_id === applicant.email)
      expect(own).toHaveLength(1)
    })
  })
}
