type Actions = Readonly<Record<string, object>>

const after = (...names: readonly string[]) => ({
  runAfter: Object.fromEntries(names.map((name) => [name, ['Succeeded']])),
})
const many = (count: number, actionOf: (index: number) => object): Actions =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`Act_${index}`, actionOf(index)]))
const call = (index: number) => ({
  type: 'OpenApiConnection',
  inputs: {
    host: {
      connectionName: `shared_x_${index % 5}`,
      operationId: 'GetItems',
      apiId: '/apis/shared_sharepointonline',
    },
    parameters: { dataset: 'https://example.com', table: `@{outputs('Act_${Math.max(0, index - 1)}')}` },
  },
})
const variable = (name: string) => ({ name, type: 'string', value: 'x' })
const start = { Start: { type: 'InitializeVariable', inputs: { variables: [variable('sText')] } } }

/** The actions of flows of a size that only a machine writes, each hard in its own way. */
export const hugeFlows: Readonly<Record<string, (count: number) => Actions>> = {
  'calls side by side': (count) => many(count, call),
  'calls in a row': (count) =>
    many(count, (index) => ({ ...call(index), ...(index > 0 ? after(`Act_${index - 1}`) : {}) })),
  'calls after the same one': (count) =>
    many(count, (index) => ({ ...call(index), ...(index > 0 ? after('Act_0') : {}) })),
  'one after all others': (count) =>
    many(count, (index) =>
      index === count - 1
        ? { ...call(index), ...after(...Array.from({ length: index }, (_, i) => `Act_${i}`)) }
        : call(index),
    ),
  'each after the thirty before': (count) =>
    many(count, (index) => ({
      ...call(index),
      ...after(...Array.from({ length: Math.min(30, index) }, (_, back) => `Act_${index - 1 - back}`)),
    })),
  'equal calls': (count) => many(count, () => call(0)),
  'writers of one variable': (count) => ({
    ...start,
    ...many(count, (index) => ({
      type: 'SetVariable',
      inputs: { name: 'sText', value: `@concat(variables('sText'), string(${index}), outputs('Act_0'))` },
    })),
  }),
  variables: (count) => ({
    ...many(count, (index) => ({
      type: 'InitializeVariable',
      inputs: { variables: [variable(`sV${index}`)] },
      ...(index > 0 ? after(`Act_${index - 1}`) : {}),
    })),
  }),
  'variables in one action': (count) => ({
    Start: {
      type: 'InitializeVariable',
      inputs: { variables: Array.from({ length: count }, (_, index) => variable(`sV${index}`)) },
    },
    Read: {
      type: 'Compose',
      inputs: Array.from({ length: count }, (_, index) => `@variables('sV${index}')`),
      ...after('Start'),
    },
  }),
  loops: (count) =>
    many(count / 2, (index) => ({
      type: 'Foreach',
      foreach: `@outputs('Act_${index - 1}')?['body/value']`,
      actions: {
        [`In_${index}`]: {
          type: 'AppendToArrayVariable',
          inputs: { name: 'aList', value: `@items('Act_${index}')` },
        },
      },
      ...(index > 0 ? after(`Act_${index - 1}`) : {}),
    })),
  'calls in one loop': (count) => ({
    Loop: { type: 'Foreach', foreach: '@triggerBody()', actions: many(count - 1, call) },
  }),
  'scopes with handlers': (count) =>
    many(count, (index) =>
      index % 3 === 2
        ? {
            type: 'Terminate',
            inputs: { runStatus: 'Failed' },
            runAfter: { [`Act_${index - 1}`]: ['Failed', 'TimedOut'] },
          }
        : {
            type: 'Scope',
            actions: {},
            ...(index > 0 ? { runAfter: { [`Act_${index - 1}`]: ['Failed', 'Skipped'] } } : {}),
          },
    ),
  conditions: (count) =>
    many(count / 3, (index) => ({
      type: 'If',
      expression: { and: [{ equals: [`@variables('sText')`, index] }] },
      actions: { [`Yes_${index}`]: { type: 'Compose', inputs: `@outputs('No_${index}')` } },
      else: { actions: { [`No_${index}`]: { type: 'Compose', inputs: `@body('Act_${index + 1}')['a']` } } },
    })),
  cases: (count) => ({
    Choose: {
      type: 'Switch',
      expression: '@triggerBody()',
      cases: Object.fromEntries(
        Array.from({ length: count - 1 }, (_, index) => [
          `Case_${index}`,
          { case: index, actions: { [`Act_${index}`]: call(index) } },
        ]),
      ),
      default: { actions: {} },
    },
  }),
  secrets: (count) =>
    many(count, (index) => ({
      type: 'Http',
      inputs: {
        method: 'POST',
        uri: `http://api${index % 7}.example.com/@{triggerBody()?['id']}`,
        authentication: { type: 'Basic', username: 'u', password: 'geheim' },
        body: { password: 'p', salary: 1, code: `@{base64(body('Act_${index % 50}'))}` },
      },
      runtimeConfiguration: { secureData: { properties: index % 2 === 0 ? ['inputs', 'outputs'] : [] } },
    })),
  'names that differ in case': (count) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `Compose ${index}`.replace(index % 2 === 0 ? ' ' : '_', '_'),
        { type: 'Compose', inputs: `@outputs('COMPOSE_${index}')` },
      ]),
    ),
}
