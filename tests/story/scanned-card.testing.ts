import { describe, expect, test } from 'vitest'
import { coordinator, type Row, type SampleServer } from './sample-server.testing.ts'

/** A card becomes a client, a business card and a lead in HotProfile. */
export function scannedCard(samples: () => SampleServer): void {
  describe('a scanned business card', () => {
    const scan = async (card: Row) => {
      const response = await fetch(samples().triggerUrl('Scanned business card'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(card),
      })
      expect(response.status).toBe(202)
    }
    const runsOf = (company: string, count: number) =>
      samples().runs('Scanned business card', count, (body) => body.company === company)

    test('becomes a client, a card and a lead', async () => {
      const company = '株式会社フローステッド'
      await scan({
        company,
        company_kana: 'フローステッド',
        family_name: '山田',
        first_name: '花子',
        family_name_kana: 'ヤマダ',
        first_name_kana: 'ハナコ',
        position: '部長',
        email: 'Hanako.Yamada@flowstead.example',
        tel: '03-1234-5678',
        exchanged_on: '2026-07-01',
        note: '展示会で',
      })
      expect(await runsOf(company, 1)).toMatchObject([{ status: 'Succeeded' }])

      const [client, ...others] = await samples().records('clients', { 'search[name]': company })
      expect([client, others]).toMatchObject([
        { name: company, name_kana: 'フローステッド', mail_domain: 'flowstead.example' },
        [],
      ])
      expect(await samples().records('business_cards', { 'search[client_name]': company })).toMatchObject([
        { name: '山田 花子', trade_on: '2026/07/01', direct_note: '展示会で', tel: '03-1234-5678' },
      ])
      expect(await samples().records('leads', { 'search[client_name]': company })).toMatchObject([
        {
          client_id: client?.id,
          name_kana: 'ヤマダ ハナコ',
          post: '部長',
          email: 'hanako.yamada@flowstead.example',
        },
      ])
    })

    test('of a client and an address that are known makes a card and nothing else, five at once too', async () => {
      const company = 'Sdružení Šest, z. s.'
      await Promise.all(
        ['first@six.example', 'FIRST@six.example', ' first@six.example', 'irst@six.example', ''].map(
          (email) => scan({ company, family_name: 'Šestý', email }),
        ),
      )
      expect((await runsOf(company, 5)).map(({ status }) => status)).toEqual(Array(5).fill('Succeeded'))

      expect(await samples().records('clients', { 'search[name]': company })).toHaveLength(1)
      expect(await samples().records('business_cards', { 'search[client_name]': company })).toHaveLength(5)
      const leads = await samples().records('leads', { 'search[client_name]': company })
      expect(leads.map(({ email }) => email).sort()).toEqual(['', 'first@six.example', 'irst@six.example'])
    })

    test('that HotProfile refuses is told to the coordinator, and the run fails', async () => {
      const company = 'Refused & Co.'
      await scan({ company, family_name: 'x'.repeat(101) })
      const [run] = await runsOf(company, 1)
      expect([run?.status, run?.actions.Register_a_business_card]).toEqual(['Failed', 'Failed'])
      const told = (await samples().mails(coordinator)).filter(({ subject }) => subject.includes(company))
      expect(told).toHaveLength(1)
    })
  })
}
