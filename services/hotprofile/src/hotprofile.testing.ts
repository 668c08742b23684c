import { startTestService, type TestAnswer, type TestService } from '@flowstead/service-kit/testing'
import { hotprofileService } from './service.ts'

export type Arguments = Readonly<Record<string, string | number | boolean>>

export interface Listed {
  readonly pages: Readonly<Record<string, number>>
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly ids: readonly unknown[]
}

export interface TestHotprofile extends TestService {
  /** Posts with its arguments in the query. */
  post(path: string, given?: Arguments): Promise<TestAnswer>
  /** What a listing answers; the answer must be 200. */
  list(plural: Plural, given?: Arguments): Promise<Listed>
}

export type Plural = 'clients' | 'leads' | 'business_cards'

const listPaths: Readonly<Record<Plural, string>> = {
  clients: 'clients/get_entry_list_flow',
  leads: 'leads/get_entry_list_flow',
  business_cards: 'business_cards/get_entry_list',
}

/** The service with its sample data, in memory. */
export async function startHotprofile(
  options: Parameters<typeof startTestService>[1] = {},
): Promise<TestHotprofile> {
  const service = await startTestService(hotprofileService, options)
  const post = (path: string, given: Arguments = {}) => {
    const query = new URLSearchParams(
      Object.entries(given).map(([name, value]): [string, string] => [name, String(value)]),
    )
    return service.call<TestAnswer['body']>('POST', `/rest_api/v1/${path}?${query}`)
  }
  return {
    ...service,
    post,
    async list(plural, given) {
      const { body, status } = await post(listPaths[plural], given)
      if (status !== 200) throw new Error(`${plural}: ${status} ${JSON.stringify(body)}`)
      const rows = body[plural] as Listed['rows']
      return { rows, pages: body.pages as Listed['pages'], ids: rows.map(({ id }) => id) }
    },
  }
}
