/** A kind of record as data: adding one is a table and one of these. */
import type { Row } from '@flowstead/sqlite'
import type { Argument, Arguments } from './arguments.ts'
import type { Column } from './columns.ts'
import type { Filter } from './filters.ts'
import type { Rule } from './rules.ts'
import type { IndexedTable } from './search/indexed-texts.ts'

export interface RecordType {
  /** `client`: operations are `Action_create_client`, `Action_update_client`, `Action_get_clients`. */
  readonly name: string
  /** Table, folder of the paths and member of the listing: `clients`. */
  readonly plural: IndexedTable
  /** Sentences begin with it: `Business card`. */
  readonly title: string
  readonly listPath: string
  /** What can be written; a field is stored in the column of its name. */
  readonly fields: Arguments
  /** What the published operations do not write; an operation of ours does. */
  readonly details: Arguments
  readonly requiredAtCreate: readonly string[]
  /** Besides `id`. */
  readonly requiredAtUpdate: readonly string[]
  /** Stored at creation unless given. */
  readonly initial?: (now: number) => Row
  /** Whose records are `r`. */
  readonly from: string
  readonly columns: Readonly<Record<string, Column>>
  readonly filters: Readonly<Record<string, Filter>>
  /** Order keys with the columns they sort by. */
  readonly orderKeys: Readonly<Record<string, string>>
  readonly maxPageSize: number
  /** Rows of this listing repeat the numbers of `pages`. */
  readonly rowsRepeatPages: boolean
}

/** A field that can be written. */
export function field(title: string, rule: Rule): Argument {
  return { title, rule }
}
