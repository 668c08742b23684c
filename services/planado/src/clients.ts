/** Clients: organizations or persons, which they stay. */
import { isoTime } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { conflict, invalidField } from './errors.ts'
import { boolean, list, object, orNull, ref, text, time, uuid } from './openapi-parts.ts'
import { addressInput, contactsInput, fullAddress, fullContact } from './structures.ts'
import { type Kind, type Members, versionedHandlers } from './versioned.ts'

const names = {
  organization_name: text(5000),
  first_name: text(50),
  last_name: text(50),
  middle_name: text(50),
}

/** Members a client can be given. */
export const clientMembers = {
  external_id: orNull(text(500, 1)),
  organization: boolean,
  ...names,
  site_address: orNull(addressInput),
  contacts: contactsInput,
}

/** A client as it is shown. */
export const clientSchema = object(
  {
    uuid,
    external_id: orNull(text(500)),
    name: { type: 'string' },
    organization: boolean,
    ...names,
    site_address: orNull(ref('Address')),
    contacts: list(ref('Contact')),
    version: { type: 'integer' },
    created_at: time,
    updated_at: time,
  },
  [
    'uuid',
    'external_id',
    'name',
    'organization',
    'site_address',
    'contacts',
    'version',
    'created_at',
    'updated_at',
  ],
)

const organizationNames = ['organization_name'] as const
const personNames = ['first_name', 'last_name', 'middle_name'] as const

function columnsOf(_context: unknown, given: Members): Row {
  const columns: Row = {}
  if (given.external_id !== undefined) columns.external_id = given.external_id as string | null
  if (given.organization !== undefined) columns.organization = given.organization === true ? 1 : 0
  for (const name of [...organizationNames, ...personNames]) {
    if (given[name] !== undefined) columns[name] = given[name] as string
  }
  if (given.site_address !== undefined) {
    const address = given.site_address as Members | null
    columns.site_address = address === null ? null : JSON.stringify(fullAddress(address))
  }
  if (given.contacts !== undefined) {
    columns.contacts = JSON.stringify((given.contacts as Members[]).map(fullContact))
  }
  return columns
}

function check(row: Row, before: Row | undefined): void {
  if (before !== undefined && before.organization !== row.organization) {
    throw conflict('organization', 'immutable', 'A client stays an organization or a person.')
  }
  const [wanted, foreign] =
    row.organization === 1 ? [organizationNames, personNames] : [personNames, organizationNames]
  const odd = foreign.find((name) => (row[name] ?? '') !== '')
  if (odd !== undefined) {
    const kind = row.organization === 1 ? 'an organization' : 'a person'
    throw invalidField(odd, 'exclusive', `"${odd}" does not fit ${kind}; "organization" says which it is.`)
  }
  if (wanted.every((name) => String(row[name] ?? '').trim() === '')) {
    throw invalidField(wanted[0], 'required', `A client needs ${wanted.join(' or ')}.`)
  }
}

function show(_context: unknown, row: Row): Record<string, unknown> {
  const isOrganization = row.organization === 1
  const shown = isOrganization ? organizationNames : personNames
  const full = ['last_name', 'first_name', 'middle_name'].map((name) => row[name] ?? '')
  return {
    uuid: row.id,
    external_id: row.external_id,
    name: isOrganization ? row.organization_name : full.filter((part) => part !== '').join(' '),
    organization: isOrganization,
    ...Object.fromEntries(shown.map((name) => [name, row[name] ?? ''])),
    site_address: row.site_address === null ? null : (JSON.parse(String(row.site_address)) as unknown),
    contacts: JSON.parse(String(row.contacts)) as unknown,
    version: row.version,
    created_at: isoTime(Number(row.created_at)),
    updated_at: isoTime(Number(row.updated_at)),
  }
}

/** What a client is. */
export const clientKind: Kind = {
  entity: 'client',
  table: 'clients',
  columnsOf,
  check,
  show,
  initial: {
    external_id: null,
    organization: 0,
    organization_name: null,
    first_name: null,
    last_name: null,
    middle_name: null,
    site_address: null,
    contacts: '[]',
  },
  usedBy: [
    ['jobs', 'client_id'],
    ['sites', 'client_id'],
  ],
}

/** Handlers by operationId. */
export const clientHandlers = versionedHandlers(clientKind)
