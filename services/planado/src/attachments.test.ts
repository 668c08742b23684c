import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPlanado, type TestPlanado } from './planado.testing.ts'

let planado: TestPlanado
beforeAll(async () => {
  planado = await startPlanado()
})
afterAll(() => planado.close())

const file = {
  name: 'schéma č. 1.png',
  content_type: 'image/png',
  content: Buffer.from('hello').toString('base64'),
}
const upload = async () => (await planado.post<{ url: string }>('/local/attachments', file)).body.url
const fetchUrl = (url: string) => planado.app.inject(url.replace(/^https?:\/\/[^/]+/, ''))

describe('an attachment', () => {
  test('is fetched by its signed URL, without a key, until the URL ends', async () => {
    const url = await upload()
    const got = await fetchUrl(url)
    expect([got.statusCode, got.body, got.headers['content-type']]).toEqual([200, 'hello', 'image/png'])
    expect(got.headers['content-disposition']).toContain("attachment; filename*=UTF-8''sch%C3%A9ma")
    expect((await fetchUrl(url.replace(/signature=.*/, 'signature=none'))).statusCode).toBe(403)
    expect((await fetchUrl(url.replace(/expires=\d+/, 'expires=99999999999999'))).statusCode).toBe(403)
    expect((await fetchUrl(url.split('?')[0] ?? '')).statusCode).toBe(422)
    planado.clock.advance(3_600_000)
    expect((await fetchUrl(url)).statusCode).toBe(403)
  })

  test('stays with the job, whose every answer has a URL that works', async () => {
    const foreign = 'https://files.example/2.jpg'
    const { body } = await planado.post<{ template_uuid: string }>('/v2/templates', {
      name: 'files',
      custom_fields: [{ name: 'File', field_type: 'file', data_type: 'attachment' }],
      report_fields: [{ name: 'Images', field_type: 'image', data_type: 'attachment' }],
    })
    const id = await planado.job({
      template: { uuid: body.template_uuid },
      custom_fields: [{ name: 'File', value: await upload() }],
      report_fields: [{ name: 'Images', value: [await upload(), foreign] }],
    })
    planado.clock.advance(48 * 3_600_000)
    const job = (await planado.read(id)) as Record<'custom_fields' | 'report_fields', { value: unknown }[]>
    const [first, second] = (job.report_fields[0]?.value ?? []) as string[]
    expect(second).toBe(foreign)
    for (const url of [String(job.custom_fields[0]?.value), first ?? '']) {
      expect((await fetchUrl(url)).body).toBe('hello')
    }
  })

  test.each([
    [{ ...file, content: '***' }, 'content'],
    [{ ...file, content_type: 'text/html\r\nx: y' }, 'content_type'],
    [{ ...file, name: '' }, 'name'],
  ])('%j is refused', async (body, field) => {
    const { body: answer, status } = await planado.post<{ errors: { field: string }[] }>(
      '/local/attachments',
      body,
    )
    expect([status, answer.errors[0]?.field]).toEqual([422, field])
  })
})
