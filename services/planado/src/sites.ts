/** Sites: places of work, of a client or of nobody's. */
import { isoTime, type ServiceContext } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import type { Actor } from './changes.ts'
import { clientIdOf, clientReference } from './client-reference.ts'
import { invalidField } from './errors.ts'
import { list, object, orNull, ref, text, time, uuid } from './openapi-parts.ts'
import { rowById } from './references.ts'
import { addressInput, contactsInput, fullAddress, fullContact } from './structures.ts'
import { type Kind, type Members, versionedHandlers } from './versioned.ts'

/** Members a site can be given. */
export const siteMembers = {
  external_id: orNull(text(500, 1)),
  name: text(300, 1),
  description: orNull(text(1000)),
  contacts: contactsInput,
  address: orNull(addressInput),
  client: orNull(clientReference),
}

/** A site as it is shown. */
export const siteSchema = object({
  uuid,
  external_id: orNull(text(500)),
  name: text(300),
  description: orNull(text(1000)),
  contacts: list(ref('Contact')),
  address: orNull(ref('Address')),
  client: orNull(ref('Client')),
  version: { type: 'integer' },
  created_at: time,
  updated_at: time,
})

function columnsOf(context: ServiceContext, given: Members, actor: Actor): Row {
  const columns: Row = {}
  for (const name of ['external_id', 'name', 'description'] as const) {
    if (given[name] !== undefined) columns[name] = given[name] as string | null
  }
  if (given.contacts !== undefined) {
    columns.contacts = JSON.stringify((given.contacts as Members[]).map(fullContact))
  }
  if (given.address !== undefined) {
    const address = given.address as Members | null
    columns.address = address === null ? null : JSON.stringify(fullAddress(address))
  }
  if (given.client !== undefined) {
    const client = given.client as Members | null
    columns.client_id = client === null ? null : clientIdOf(context, client, actor)
  }
  return columns
}

function check({ name }: Row): void {
  if (String(name ?? '').trim() === '') throw invalidField('name', 'required', '"name" is required.')
}

function show({ db }: Pick<ServiceContext, 'db'>, row: Row): Record<string, unknown> {
  const client = row.client_id === null ? undefined : rowById(db, 'clients', row.client_id ?? null)
  return {
    uuid: row.id,
    external_id: row.external_id,
    name: row.name,
    description: row.description,
    contacts: JSON.parse(String(row.contacts)) as unknown,
    address: row.address === null ? null : (JSON.parse(String(row.address)) as unknown),
    client: client === undefined ? null : { uuid: client.id, external_id: client.external_id },
    version: row.version,
    created_at: isoTime(Number(row.created_at)),
    updated_at: isoTime(Number(row.updated_at)),
  }
}

/** What a site is. */
export const siteKind: Kind = {
  entity: 'site',
  table: 'sites',
  columnsOf,
  check,
  show,
  initial: {
    external_id: null,
    name: null,
    description: null,
    contacts: '[]',
    address: null,
    client_id: null,
  },
  usedBy: [['jobs', 'site_id']],
}

/** Handlers by operationId. */
export const siteHandlers = versionedHandlers(siteKind)
