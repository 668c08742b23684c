import { defineService, type Handler } from '@flowstead/service-kit'
import { createChoice, createDepartment, createUser } from './directory.ts'
import { errorBody } from './errors.ts'
import { listRecords } from './list-records.ts'
import { openapi } from './openapi.ts'
import { pages } from './pages/index.ts'
import type { RecordType } from './record-type.ts'
import { recordTypes } from './record-types.ts'
import { steps } from './schema.ts'
import { seed } from './seeds.ts'
import { getSettings, updateSettings } from './settings.ts'
import { createRecord, updateDetails, updateRecord } from './write-record.ts'

function handlersOf(type: RecordType): [string, Handler][] {
  return [
    [`Action_create_${type.name}`, createRecord(type)],
    [`Action_update_${type.name}`, updateRecord(type)],
    [`Action_get_${type.plural}`, listRecords(type)],
    [`update_${type.name}_details`, updateDetails(type)],
  ]
}

const ours = { getSettings, updateSettings, createChoice, createDepartment, createUser }

/** HotProfile: clients, leads and business cards. */
export const hotprofileService = defineService({
  name: 'hotprofile',
  title: 'HotProfile',
  port: 7282,
  openapi,
  auth: { in: 'query', name: 'api_key' },
  steps,
  // Everything is text in the query, and text of no length means something: see `arguments.ts`.
  validation: 'own',
  handlers: { ...Object.fromEntries(recordTypes.flatMap(handlersOf)), ...ours },
  problemBody: errorBody,
  pages,
  seed,
})
