/** The service's document, drawn from the record types, so that it says what the handlers do. */
import type { OpenApi, Operation, Parameter, ResponseObject, Schema } from '@flowstead/service-kit'
import { type Arguments, referenceText } from './arguments.ts'
import { directoryArguments } from './directory.ts'
import { listArguments } from './list-records.ts'
import type { RecordType } from './record-type.ts'
import { recordTypes } from './record-types.ts'
import { settingsArguments } from './settings.ts'
import { idArgument } from './write-record.ts'

const int32: Schema = { type: 'integer', format: 'int32' }
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

function answer(description: string, schema: Schema): ResponseObject {
  return { description, content: { 'application/json': { schema } } }
}

const refusals: Operation['responses'] = {
  400: answer('Arguments break their rules; nothing has changed.', ref('Errors')),
  401: answer('No API key, or one that is not in force.', ref('Errors')),
  429: {
    ...answer('Too many calls.', ref('Errors')),
    headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds to wait.' } },
  },
}
const reused: Operation['responses'] = {
  422: answer('The Idempotency-Key was used before with another request.', ref('Errors')),
}
const notFound: Operation['responses'] = { 404: answer('There is no record with this id.', ref('Errors')) }

function parameters(known: Arguments, required: readonly string[] = []): Parameter[] {
  return Object.entries(known).map(([name, { title, rule }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    description: rule.references === undefined ? title : `${title}; ${referenceText(rule.references)}`,
    schema: rule.schema,
  }))
}

const object = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
})

const pageNumbers = {
  current_number: { ...int32, description: 'Current page number' },
  display_number: { ...int32, description: 'Records per page' },
  total_count: { ...int32, description: 'Number of matching records' },
  total_number: { ...int32, description: 'Number of pages' },
}

function pathsOf(type: RecordType): OpenApi['paths'] {
  const { name, plural, title } = type
  const what = title.toLowerCase()
  const root = `/rest_api/v1/${plural}`
  const tags = [`${title}s`]
  const made = { 200: answer(`The id of the ${what}.`, ref('Made')), ...refusals, ...reused }
  return {
    [`${root}/create`]: {
      post: {
        operationId: `Action_create_${name}`,
        summary: `Register a ${what}.`,
        tags,
        parameters: parameters(type.fields, type.requiredAtCreate),
        responses: made,
      },
    },
    [`${root}/update`]: {
      post: {
        operationId: `Action_update_${name}`,
        summary: `Update a ${what}.`,
        description: 'What is left out stays as it is; what is sent without text is cleared.',
        tags,
        parameters: parameters({ id: idArgument, ...type.fields }, ['id', ...type.requiredAtUpdate]),
        responses: { ...made, ...notFound },
      },
    },
    [`${root}/update_details`]: {
      post: {
        operationId: `update_${name}_details`,
        summary: `Update what the other operations only show of a ${what}.`,
        description:
          'An operation of this service, not of HotProfile. Clears and leaves alone like the update.',
        tags,
        parameters: parameters({ id: idArgument, ...type.details }, ['id']),
        responses: { ...made, ...notFound },
      },
    },
    [`${root}/${type.listPath}`]: {
      post: {
        operationId: `Action_get_${plural}`,
        summary: `Get ${what}s.`,
        description: 'Searches combine with AND.',
        tags,
        parameters: parameters(listArguments(type)),
        'x-effect': 'read',
        responses: {
          200: answer(`A page of ${what}s.`, object({ [plural]: listSchema(type), pages: ref('Pages') })),
          ...refusals,
        },
      },
    },
  }
}

function listSchema({ columns, rowsRepeatPages }: RecordType): Schema {
  const properties = Object.fromEntries(Object.entries(columns).map(([name, { schema }]) => [name, schema]))
  return { type: 'array', items: object({ ...properties, ...(rowsRepeatPages ? pageNumbers : {}) }) }
}

const settingsPaths: OpenApi['paths'] = {
  '/rest_api/v1/settings': {
    get: {
      operationId: 'getSettings',
      summary: 'The ids that fields refer to: choice lists, departments, users.',
      tags: ['Settings'],
      responses: { 200: answer('The settings.', ref('Settings')), ...refusals },
    },
  },
  '/rest_api/v1/settings/update': {
    post: {
      operationId: 'updateSettings',
      summary: 'Changes the settings that are given.',
      tags: ['Settings'],
      parameters: parameters(settingsArguments),
      responses: { 200: answer('The settings.', ref('Settings')), ...refusals, ...reused },
    },
  },
  ...creating('choices', 'createChoice', 'Adds an entry to a choice list.'),
  ...creating('departments', 'createDepartment', 'Adds a department.'),
  ...creating('users', 'createUser', 'Adds a user.'),
}

function creating(
  name: keyof typeof directoryArguments,
  operationId: string,
  summary: string,
): OpenApi['paths'] {
  const { fields, required } = directoryArguments[name]
  const operation: Operation = {
    operationId,
    summary,
    tags: ['Settings'],
    parameters: parameters(fields, required),
    responses: { 200: answer('Its id.', ref('Made')), ...refusals, ...reused },
  }
  return { [`/rest_api/v1/settings/${name}/create`]: { post: operation } }
}

const named = object({ id: int32, name: { type: 'string' } })

/** HotProfile's API. */
export const openapi: OpenApi = {
  openapi: '3.1.0',
  info: {
    title: 'HotProfile',
    version: '1.8.0',
    description:
      'Clients, leads and business cards. Every argument travels in the query, also of POST. Times are in Japan’s zone.',
  },
  security: [{ api_key: [] }],
  paths: { ...Object.assign({}, ...recordTypes.map(pathsOf)), ...settingsPaths },
  components: {
    schemas: {
      Errors: object({
        errors: {
          type: 'array',
          minItems: 1,
          items: object({ parameter: { type: ['string', 'null'] }, message: { type: 'string' } }),
        },
      }),
      Made: object({ id: int32 }),
      Pages: object(pageNumbers),
      Settings: object({
        second_language: { type: 'boolean' },
        choice_lists: { type: 'object', additionalProperties: { type: 'array', items: named } },
        departments: { type: 'array', items: named },
        users: {
          type: 'array',
          items: object({
            id: int32,
            user_code: { type: 'string' },
            user_name: { type: 'string' },
            role_id: int32,
          }),
        },
      }),
    },
    securitySchemes: { api_key: { type: 'apiKey', in: 'query', name: 'api_key' } },
  },
}
