/** The structures that have the same shape in every answer. */
import type { Schema } from '@flowstead/service-kit'
import { boolean, list, object, orNull, ref, text, time, uuid } from './openapi-parts.ts'
import { dataTypes, fieldTypes, valueSchema } from './value-matrix.ts'

const described = (schema: Schema, description: string): Schema => ({ ...schema, description })
const name = (description: string): Schema => described({ type: 'string' }, description)

const contact = {
  name: described(orNull(text(50)), 'Name of the contact.'),
  value: described(orNull(text(50)), 'Value of the contact, such as a phone number.'),
  type: described({ type: 'string', enum: ['phone'] }, 'Kind of contact.'),
}

const geolocation = object({
  longitude: { type: 'number', minimum: -180, maximum: 180 },
  latitude: { type: 'number', minimum: -90, maximum: 90 },
})

const address = {
  formatted: described(orNull(text()), 'The whole address on one line.'),
  apartment: described(orNull(text(50)), 'Flat or office.'),
  floor: described(orNull(text(50)), 'Floor.'),
  entrance_no: described(orNull(text(50)), 'Entrance.'),
  description: described(orNull(text(500)), 'What helps to find the place.'),
  geolocation: described(orNull(ref('Geolocation')), 'Coordinates.'),
}

/** Components of the document, by name. */
export const structures: Readonly<Record<string, Schema>> = {
  Geolocation: geolocation,
  Contact: object(contact),
  Address: object(address),
  Worker: object({ uuid: described(uuid, 'Id of the worker.'), email: name('E-mail of the worker.') }),
  Team: object({
    uuid: described(uuid, 'Id of the team.'),
    team: name('Name of the team.'),
    name: name('The same name.'),
  }),
  Assignee: exclusive({ team: ref('Team'), worker: ref('Worker') }, 'A team or a worker, never both.'),
  AssigneeId: exclusive({ team_uuid: uuid, worker_uuid: uuid }, 'Id of a team or of a worker, never both.'),
  Client: object({
    uuid: described(uuid, 'Id of the client.'),
    external_id: described(orNull(text(500)), 'Id in another system.'),
  }),
  Territory: object({ uuid: described(uuid, 'Id of the territory.'), name: name('Name of the territory.') }),
  Skill: object({ uuid: described(uuid, 'Id of the skill.'), name: name('Name of the skill.') }),
  DictionaryValue: object({ uuid: described(uuid, 'Id of the value.'), name: name('The value.') }),
  Resolution: object(
    {
      uuid: described(uuid, 'Id of the resolution.'),
      name: name('Name of the resolution.'),
      successful: described(boolean, 'Whether it counts as success.'),
      comment: described(orNull(text()), 'What the assignee wrote; only of a finished job.'),
    },
    ['uuid', 'name', 'successful'],
  ),
  CustomField: object(
    {
      uuid: described(uuid, 'Id of the field.'),
      name: name('Name of the field.'),
      field_type: described({ type: 'string', enum: fieldTypes }, 'Kind of field.'),
      data_type: described({ type: 'string', enum: dataTypes }, 'Kind of data.'),
      required: described(boolean, 'Whether it must be filled: on adding a job, or to finish successfully.'),
      value: described(valueSchema, 'By kind of field; on templates only where it is filled in beforehand.'),
      filled_at: described(time, 'Last change of the value; only of report fields that have one.'),
    },
    ['uuid', 'name', 'field_type', 'data_type', 'required'],
  ),
}

/** A contact as it is given; what is left out is null, the type `phone`. */
const contactInput: Schema = object(contact, [])

/** An address as it is given; what is left out is null. */
export const addressInput: Schema = object(address, [])

export const contactsInput: Schema = list(contactInput, 50)

export const duration: Schema = object({ minutes: { type: 'integer', minimum: 0, maximum: 1_000_000 } })

function exclusive(properties: Readonly<Record<string, Schema>>, description: string): Schema {
  return { ...object(properties, []), minProperties: 1, maxProperties: 1, description }
}

/** A contact as it is kept and shown. */
export function fullContact(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { name: given.name ?? null, value: given.value ?? null, type: given.type ?? 'phone' }
}

/** An address as it is kept and shown. */
export function fullAddress(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(address).map((member) => [member, given[member] ?? null]))
}
