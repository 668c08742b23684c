import { findKey } from '../compile/property.ts'
import { formValues, partBody, singleFormValue } from '../content-parts.ts'
import type { Scope } from '../scope.ts'
import { isObject, type Value } from '../value.ts'
import { define } from './function-row.ts'

function memberOrNull(value: Value, name: string): Value {
  if (!isObject(value)) return null
  const key = findKey(value, name)
  return key === undefined ? null : (value[key] ?? null)
}

function bodyOf(outputs: Value): Value {
  return memberOrNull(outputs, 'body')
}

const actionData = {
  actions: { Get: { status: 'Succeeded', outputs: { statusCode: 200, body: { name: 'Ada' } } } },
}
const triggerData = {
  trigger: { name: 'manual', outputs: { headers: { 'X-Id': '7' }, body: { name: 'Ada' } } },
}

/** The same body as that of an action and that of the trigger. */
function withBody(body: Value) {
  return { actions: { Post: { outputs: { body } } }, trigger: { outputs: { body } } }
}

const formData = withBody({
  '$content-type': 'application/x-www-form-urlencoded',
  $content: Buffer.from('Subject=Hello&To=ann&To=bob').toString('base64'),
})
const partsData = withBody({ $multipart: [{ headers: {}, body: 'first part' }] })

/** Functions that read the run. A binder may replace each `read`; rows with `from` work on what another read. */
export const workflowFunctions = define('workflow', {
  action: {
    args: [],
    result: 'object',
    description:
      'The record of the action itself, in unsubscribe calls, tracked properties and Until conditions.',
    examples: [['action().status', 'Succeeded', { action: { status: 'Succeeded' } }]],
    read: (scope: Scope) => scope.currentAction(),
  },
  actions: {
    args: ['action: string'],
    result: 'object',
    description: 'The record of an action: name, inputs, outputs, status, code, startTime, endTime.',
    examples: [["actions('Get').status", 'Succeeded', actionData]],
    read: (scope: Scope, name: string) => scope.action(name),
  },
  outputs: {
    args: ['action: string'],
    result: 'any',
    description: 'What an action gave.',
    examples: [["outputs('Get')?['statusCode']", 200, actionData]],
    read: (scope: Scope, name: string) => scope.outputs(name),
  },
  body: {
    args: ['action: string'],
    result: 'any',
    description: 'The body in the outputs of an action.',
    examples: [["body('Get')?['name']", 'Ada', actionData]],
    from: 'outputs',
    call: bodyOf,
  },
  result: {
    args: ['scope: string'],
    result: 'array',
    description: 'The records of the actions directly in a scope or loop.',
    examples: [
      ["first(result('Scope'))?['status']", 'Failed', { results: { Scope: [{ status: 'Failed' }] } }],
    ],
    read: (scope: Scope, name: string) => scope.result(name),
  },
  trigger: {
    args: [],
    result: 'object',
    description: 'The record of the trigger.',
    examples: [['trigger().name', 'manual', triggerData]],
    read: (scope: Scope) => scope.trigger(),
  },
  triggerOutputs: {
    args: [],
    result: 'any',
    description: 'What the trigger gave.',
    examples: [["triggerOutputs()?['headers']?['X-Id']", '7', triggerData]],
    read(scope: Scope) {
      const trigger = scope.trigger()
      return trigger === undefined ? undefined : memberOrNull(trigger, 'outputs')
    },
  },
  triggerBody: {
    args: [],
    result: 'any',
    description: 'The body in the outputs of the trigger; null when it has none.',
    examples: [["triggerBody()?['name']", 'Ada', triggerData]],
    from: 'triggerOutputs',
    call: bodyOf,
  },
  parameters: {
    args: ['parameter: string'],
    result: 'any',
    description: 'The value of a parameter of the flow.',
    examples: [["parameters('limit')", 10, { parameters: { limit: 10 } }]],
    read: (scope: Scope, name: string) => scope.parameter(name),
  },
  variables: {
    args: ['variable: string'],
    result: 'any',
    description: 'The present value of a variable.',
    examples: [["variables('count')", 3, { variables: { count: 3 } }]],
    read: (scope: Scope, name: string) => scope.variable(name),
  },
  item: {
    args: [],
    result: 'any',
    description: 'The current element of a Foreach, Select, Filter array or table.',
    examples: [["item()?['id']", 9, { item: { id: 9 } }]],
    read: (scope: Scope) => scope.item(),
  },
  items: {
    args: ['loop: string'],
    result: 'any',
    description: 'The current element of a loop by its name.',
    examples: [["items('For_each')?['id']", 9, { items: { For_each: { id: 9 } } }]],
    read: (scope: Scope, loop: string) => scope.items(loop),
  },
  iterationIndexes: {
    args: ['loop: string'],
    result: 'integer',
    description: 'The index of the current turn of an Until loop.',
    examples: [["iterationIndexes('Until')", 2, { iterationIndexes: { Until: 2 } }]],
    read: (scope: Scope, loop: string) => scope.iterationIndex(loop),
  },
  workflow: {
    args: [],
    result: 'object',
    description: 'The flow and its run: name, id, tags, run.name.',
    examples: [['workflow().run.name', '08585', { workflow: { run: { name: '08585' } } }]],
    read: (scope: Scope) => scope.workflow(),
  },
  listCallbackUrl: {
    args: [],
    result: 'string',
    description: 'The URL that calls a webhook trigger or action back.',
    examples: [['listCallbackUrl()', 'https://example.test/1', { callbackUrl: 'https://example.test/1' }]],
    read: (scope: Scope) => scope.callbackUrl(),
  },
  appsetting: {
    args: ['name: string'],
    result: 'any',
    description: 'An application setting of a Standard logic app; null when there is none.',
    examples: [["appsetting('Mode')", 'dev', { appsettings: { Mode: 'dev' } }]],
    read: (scope: Scope, name: string) => scope.appsetting(name) ?? null,
  },
  formDataValue: {
    args: ['action: string', 'key: string'],
    result: 'string',
    description: 'The one value of a key in the form that an action gave.',
    examples: [["formDataValue('Post', 'Subject')", 'Hello', formData]],
    from: 'outputs',
    call: (outputs: Value, key: string) => singleFormValue(bodyOf(outputs), key),
  },
  formDataMultiValues: {
    args: ['action: string', 'key: string'],
    result: 'array',
    description: 'All values of a key in the form that an action gave.',
    examples: [["formDataMultiValues('Post', 'To')", ['ann', 'bob'], formData]],
    from: 'outputs',
    call: (outputs: Value, key: string) => formValues(bodyOf(outputs), key),
  },
  multipartBody: {
    args: ['action: string', 'index: integer'],
    result: 'any',
    description: 'The body of a part of what an action gave; the first has index 0.',
    examples: [["multipartBody('Post', 0)", 'first part', partsData]],
    from: 'outputs',
    call: (outputs: Value, index: number) => partBody(bodyOf(outputs), index),
  },
  triggerFormDataValue: {
    args: ['key: string'],
    result: 'string',
    description: 'The one value of a key in the form that the trigger got.',
    examples: [["triggerFormDataValue('Subject')", 'Hello', formData]],
    from: 'triggerOutputs',
    call: (outputs: Value, key: string) => singleFormValue(bodyOf(outputs), key),
  },
  triggerFormDataMultiValues: {
    args: ['key: string'],
    result: 'array',
    description: 'All values of a key in the form that the trigger got.',
    examples: [["triggerFormDataMultiValues('To')", ['ann', 'bob'], formData]],
    from: 'triggerOutputs',
    call: (outputs: Value, key: string) => formValues(bodyOf(outputs), key),
  },
  triggerMultipartBody: {
    args: ['index: integer'],
    result: 'any',
    description: 'The body of a part of what the trigger got; the first has index 0.',
    examples: [['triggerMultipartBody(0)', 'first part', partsData]],
    from: 'triggerOutputs',
    call: (outputs: Value, index: number) => partBody(bodyOf(outputs), index),
  },
})
