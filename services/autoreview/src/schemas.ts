import type { ResponseObject, Schema } from '@flowstead/service-kit'

export const text: Schema = { type: 'string' }
const integer: Schema = { type: 'integer' }
const yes: Schema = { type: 'boolean' }

/** An answer with a JSON body. */
export function answer(description: string, schema: Schema): ResponseObject {
  return { description, content: { 'application/json': { schema } } }
}

const refusal = (description: string) => answer(description, { $ref: '#/components/schemas/Error' })

/** What every operation may refuse with. */
export const refusals = {
  400: refusal('The request is not valid; `fields` names what is wrong.'),
  401: refusal('The API key is missing or wrong.'),
  429: refusal('Too many calls; see Retry-After.'),
}

const object = (properties: Record<string, Schema>): Schema => ({ type: 'object', properties })
const list = (items: Schema): Schema => ({ type: 'array', items })

/** The four configurations that may come with a request. */
export const configs: Readonly<Record<string, Schema>> = {
  complexity: list(object({ Name: text, Complexity: integer })),
  naming: object({ char: integer, data: list(object({ Type: text, Letter: text })) }),
  ratings: object(
    Object.fromEntries(
      ['complexity', 'actions', 'variables', 'exceptions'].flatMap((card) => [
        [`${card}Am`, integer],
        [`${card}Re`, integer],
      ]),
    ),
  ),
  scoring: list(object({ Name: text, Score: integer, Note: text })),
  profile: {
    type: 'string',
    enum: ['documented', 'as-shipped'],
    description: 'Whose figures; default documented.',
  },
}

const properties: Schema = {
  type: 'object',
  properties: {
    displayName: { ...text, description: 'Display name of the flow.' },
    name: {
      ...text,
      description: 'Id of the flow; the workflowid or resourceid of Dataverse tells flows apart.',
    },
    owner: { ...text, description: 'Maker of the flow, usually an e-mail address.' },
    environment: { ...text, description: 'Environment the flow lives in; given back as it is.' },
    definition: {
      description: 'The definition: bare, with its wrapper, or client data; an object or its text.',
    },
  },
  required: ['displayName', 'name', 'owner', 'environment', 'definition'],
}

/** Body of an operation; `type` is its `configs.type`. */
export function requestBody(type: Schema) {
  const schema = {
    type: 'object',
    properties: { properties, configs: object({ ...configs, type }) },
    required: ['properties'],
  }
  return { required: true, content: { 'application/json': { schema } } }
}

const texts = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, text]))
const numbers = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, integer]))
const flags = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, yes]))

const action = object({
  ...texts('name', 'step', 'type', 'id', 'hashId', 'tier', 'connector'),
  imgURL: { type: ['string', 'null'] },
  ...texts('runAfter', 'exception', 'detail', 'filter'),
  pagination: {},
  ...texts(
    'secure',
    'retry',
    'timeout',
    'position',
    'positionInfo',
    'environmentVariables',
    'notes',
    'parent',
  ),
  ...texts('branch', 'positionIndex', 'positionType', 'nested'),
  ...numbers('index', 'complexity', 'environmentCount'),
  ...flags('environmentB'),
})

const finding = object({
  ...texts(
    'rule',
    'severity',
    'category',
    'message',
    'hint',
    'action',
    'flow',
    'file',
    'pointer',
    'fingerprint',
  ),
  ...numbers('line', 'column'),
})

/** Data of the JSON operation. */
export const data: Schema = object({
  ...texts('name', 'id', 'environment', 'owner', 'trigger', 'triggerType', 'triggerData', 'triggerParam'),
  ...texts('triggerConfig', 'triggerExpress', 'triggerInputs', 'triggerRecur', 'error'),
  ...flags('premium', 'varNaming', 'varNameConsts', 'varNameUse', 'exceptionHandleScope', 'exceptionScope'),
  ...flags('exceptionTerminate', 'exceptionLink', 'mainScope'),
  ...numbers('connectionRefs', 'connectors', 'steps', 'variables', 'complexity', 'composes', 'exception'),
  score: { type: 'number', description: 'Points, 0 to 100 with the default scoring.' },
  bands: object(texts('complexity', 'actions', 'variables', 'exceptions')),
  breakdown: list(
    object({
      ...texts('name', 'title', 'why', 'remedy'),
      possible: { type: 'number' },
      reached: { type: 'number' },
      lost: { type: 'number' },
      where: list(object(texts('name', 'pointer'))),
    }),
  ),
  findings: list(finding),
  variableArray: list(object({ ...texts('name', 'type', 'value'), ...flags('used', 'named', 'local') })),
  actionArray: list(action),
  apiActionArray: list(action),
  exceptionArray: list(action),
  connectionArray: list(object({ ...texts('conName', 'appId', 'opId'), ...numbers('count') })),
  actionObjectArray: list(
    object({
      ...texts('step', 'connector', 'name', 'id', 'hashId', 'object', 'type', 'parent'),
      ...numbers('index'),
    }),
  ),
})
