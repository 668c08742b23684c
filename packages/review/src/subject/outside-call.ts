// What an action asks of the world outside the run. Operation ids say what they do: `GetItems` reads a list,
// `PostItem` and `CreateRecord` make something, `SendEmailV2` sends. Where a name says nothing the effect is
// `unknown`, and rules that need it stay silent.
import {
  type ActionDefinition,
  connectorCallOf,
  type Flow,
  memberAt,
  type TriggerDefinition,
  textMember,
} from '@flowstead/definition'

export type Effect = 'list' | 'read' | 'create' | 'update' | 'delete' | 'send' | 'unknown'

/** One call that leaves the run. */
export interface OutsideCall {
  readonly kind: 'connector' | 'http' | 'child-flow' | 'function'
  /** Name of the API, such as `shared_sharepointonline`; `undefined` for HTTP and child flows. */
  readonly api: string | undefined
  /** Key of the connection the action names. */
  readonly connection: string | undefined
  /** `operationId`; method and path where the type has no operation ids; the method in upper case for HTTP. */
  readonly operation: string | undefined
  readonly effect: Effect
}

const functionTypes: ReadonlySet<string> = new Set([
  'Function',
  'ApiManagement',
  'AppService',
  'InvokeFunction',
])
const httpTypes: ReadonlySet<string> = new Set(['Http', 'HttpWebhook'])

type Caller = ActionDefinition | TriggerDefinition

/** The outside call of a trigger or action; `undefined` for what stays inside the run. */
export function outsideCallOf(
  subject: { outsideCall(caller: Caller): OutsideCall | undefined },
  caller: Caller,
): OutsideCall | undefined {
  return subject.outsideCall(caller)
}

/** Reads outside calls of one flow; each is read once. */
export function outsideCalls(flow: Flow): (caller: Caller) => OutsideCall | undefined {
  const read = new Map<Caller, OutsideCall | undefined>()
  return (caller) => {
    const known = read.get(caller)
    if (known !== undefined || read.has(caller)) return known
    const call = readOutsideCall(flow, caller)
    read.set(caller, call)
    return call
  }
}

function readOutsideCall(flow: Flow, caller: Caller): OutsideCall | undefined {
  const inputs = memberAt(caller.raw, 'inputs')
  const connector = connectorCallOf(flow, caller)
  if (connector !== undefined) {
    // Older Power Automate flows call by method and path, and keep the operation id beside.
    const noted = textMember(memberAt(caller.raw, 'metadata', 'flowSystemMetadata'), 'swaggerOperationId')
    const operation = noted ?? connector.operation
    return { kind: 'connector', ...connector, operation, effect: effectOf(operation) }
  }
  const none = { api: undefined, connection: undefined }
  if (httpTypes.has(caller.type)) {
    const method = textMember(inputs, 'method')?.toUpperCase()
    return { kind: 'http', ...none, operation: method, effect: effectOfMethod(method) }
  }
  if (caller.type === 'Workflow')
    return { kind: 'child-flow', ...none, operation: undefined, effect: 'unknown' }
  return functionTypes.has(caller.type)
    ? { kind: 'function', ...none, operation: undefined, effect: 'unknown' }
    : undefined
}

const listOperations: ReadonlySet<string> = new Set([
  'getitems',
  'getrows',
  'listrecords',
  'listrecordswithorganization',
  'getitems_v2',
  'getrows_v2',
  'getfileitems',
  'getonnewfileitems',
  'listrows',
])

/** Whether an operation reads a list that can be filtered and counted. */
export function readsList(operation: string | undefined): boolean {
  return operation !== undefined && listOperations.has(operation.toLowerCase())
}

/** First word of an operation id, lower case, with what it means. */
const effects: readonly (readonly [RegExp, Effect])[] = [
  [/^(get|list|search|query|find|read|download|calculate)/, 'read'],
  [/^(delete|remove)/, 'delete'],
  [/^(patch|update|put|upsert|set|edit|move|rename|complete|cancel)/, 'update'],
  [/^(send|sharedmailboxsend|reply|forward|notify)|sendemail/, 'send'],
  [/^(create|post|add|insert|new|copy|append|upload|register|schedule)/, 'create'],
]

function effectOf(operation: string | undefined): Effect {
  if (operation === undefined) return 'unknown'
  if (readsList(operation)) return 'list'
  const space = operation.indexOf(' ')
  if (space > 0) return effectOfMethod(operation.slice(0, space).toUpperCase())
  const word = operation.toLowerCase()
  return effects.find(([pattern]) => pattern.test(word))?.[1] ?? 'unknown'
}

function effectOfMethod(method: string | undefined): Effect {
  if (method === 'GET' || method === 'HEAD') return 'read'
  if (method === 'DELETE') return 'delete'
  if (method === 'PUT' || method === 'PATCH') return 'update'
  return method === 'POST' ? 'create' : 'unknown'
}
