/** Pages for people: lists with search, a form for each record; they work without scripts. */
import type { Page } from '@flowstead/service-kit'
import { listPage } from './list-page.ts'
import { newRecordPage, recordPage } from './record-page.ts'
import { recordViews } from './record-view.ts'

export const pages: readonly Page[] = recordViews.flatMap((view) => [
  listPage(view),
  newRecordPage(view),
  recordPage(view),
])
