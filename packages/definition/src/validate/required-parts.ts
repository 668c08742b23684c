/** A part without which the platform does not save an action. */
export interface RequiredPart {
  /** Keys from the action; a list inside means that one of them is enough. */
  readonly path: readonly (string | readonly string[])[]
  readonly says: string
}

const inputs = (key: string | readonly string[], says: string): RequiredPart => ({
  path: ['inputs', key],
  says,
})
const host = (key: string, says: string): RequiredPart => ({ path: ['inputs', 'host', key], says })

const variableName = [inputs('name', 'which variable it changes')]
const setsVariable = [...variableName, inputs('value', 'the value')]
const operation = [
  host('connectionName', 'which connection it uses'),
  host('operationId', 'which operation it calls'),
]

/** By action type, and by trigger type where the two have the same parts. */
export const requiredParts: Readonly<Record<string, readonly RequiredPart[]>> = {
  AppendToArrayVariable: setsVariable,
  AppendToStringVariable: setsVariable,
  Compose: [{ path: ['inputs'], says: 'what it composes' }],
  DecrementVariable: variableName,
  Foreach: [
    { path: ['foreach'], says: 'the list it goes through' },
    { path: ['actions'], says: 'its actions' },
  ],
  Http: [inputs('uri', 'the address'), inputs('method', 'the method')],
  If: [{ path: ['expression'], says: 'its condition' }],
  IncrementVariable: variableName,
  InitializeVariable: [inputs('variables', 'which variables it makes')],
  Join: [inputs('from', 'the list')],
  OpenApiConnection: operation,
  OpenApiConnectionWebhook: operation,
  ParseJson: [inputs('content', 'the content')],
  Query: [inputs('from', 'the list'), inputs('where', 'the condition')],
  Response: [inputs('statusCode', 'the status code')],
  Scope: [{ path: ['actions'], says: 'its actions' }],
  Select: [inputs('from', 'the list'), inputs('select', 'the shape of each item')],
  SetVariable: setsVariable,
  Switch: [{ path: ['expression'], says: 'the value it looks at' }],
  Table: [inputs('from', 'the list')],
  Terminate: [inputs('runStatus', 'the status')],
  Until: [
    { path: ['expression'], says: 'its condition' },
    { path: ['actions'], says: 'its actions' },
  ],
  Wait: [inputs(['interval', 'until'], 'how long it waits')],
  Workflow: [
    { path: ['inputs', 'host', ['workflowReferenceName', 'workflow']], says: 'which flow it calls' },
  ],
}

/** Parts of triggers that differ from those of actions of the same type. */
export const requiredTriggerParts: Readonly<Record<string, readonly RequiredPart[]>> = {
  OpenApiConnection: operation,
  OpenApiConnectionNotification: operation,
  OpenApiConnectionWebhook: operation,
  Recurrence: [{ path: ['recurrence', 'frequency'], says: 'how often it fires' }],
  SlidingWindow: [{ path: ['recurrence', 'frequency'], says: 'how often it fires' }],
}
