/** What the pages show of each kind of record; everything else comes from its `RecordType`. */
import { businessCards } from '../business-cards.ts'
import { clients } from '../clients.ts'
import { leads } from '../leads.ts'
import type { RecordType } from '../record-type.ts'

export interface RecordView {
  readonly type: RecordType
  /** Where its list is. */
  readonly path: string
  /** Columns of the list, with their headings. */
  readonly columns: Readonly<Record<string, string>>
  /** Searches that are shown first; the others can be unfolded. */
  readonly searches: readonly string[]
  /** The least that is registered, for the curl of the form. */
  readonly example: Readonly<Record<string, string>>
}

export const recordViews: readonly RecordView[] = [
  {
    type: businessCards,
    path: '/',
    columns: {
      name: 'Name',
      client_name: 'Client',
      post: 'Position',
      email: 'E-mail',
      trade_on: 'Exchanged',
    },
    searches: ['search[family_name]', 'search[client_name]', 'search[email]'],
    example: { client_id: '1', family_name: '山田', first_name: '太郎', status: '1', open_status: '1' },
  },
  {
    type: clients,
    path: '/clients',
    columns: { name: 'Name', name_disp: 'Short', pref: 'Prefecture', main_tel: 'Phone', user_name: 'Sales' },
    searches: ['search[name]', 'search[name_kana]', 'search[address]'],
    example: { name: '株式会社みらい商事', name_disp: 'みらい商事' },
  },
  {
    type: leads,
    path: '/leads',
    columns: {
      name: 'Name',
      client_name: 'Client',
      post: 'Position',
      email: 'E-mail',
      lead_status_name: 'Status',
    },
    searches: ['search[multiple]', 'search[name]', 'search[client_name]'],
    example: { client_id: '1', family_name: 'Nováková', first_name: 'Jana' },
  },
]

/** Where the page of one record is; the record with the id `new` is one to be registered. */
export function recordPath({ type }: RecordView, id: string): string {
  return `/${type.plural}/${id}`
}
