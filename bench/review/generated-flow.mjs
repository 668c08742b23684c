/** A flow of `count` actions, nested five deep: scopes, loops, conditions and switches around calls and data. */
export function generatedFlow(count) {
  let made = 0
  const name = (word) => {
    made += 1
    return `${word}_${made}`
  }
  const leaf = (depth) => {
    const kinds = [
      () => ({ type: 'Compose', inputs: `@concat('depth ${depth}', string(triggerBody()?['id']))` }),
      () => ({
        type: 'OpenApiConnection',
        inputs: {
          host: {
            connectionName: 'shared_sharepointonline',
            operationId: 'GetItems',
            apiId: '/providers/Microsoft.PowerApps/apis/shared_sharepointonline',
          },
          parameters: { dataset: "@parameters('Site')", table: 'Requests', $filter: "Status eq 'Open'" },
        },
      }),
      () => ({
        type: 'SetVariable',
        inputs: { name: 'sResult', value: "@coalesce(triggerBody()?['name'], '')" },
      }),
    ]
    return kinds[made % kinds.length]()
  }
  const block = (depth, width) => {
    const actions = {}
    let before
    for (let n = 0; n < width && made < count - 1; n += 1) {
      const inside = depth < 5 && n % 4 === 1
      const key = name(inside ? 'Group' : 'Action')
      const action = inside ? container(depth) : leaf(depth)
      actions[key] = { ...action, runAfter: before === undefined ? {} : { [before]: ['Succeeded'] } }
      before = key
    }
    return actions
  }
  const container = (depth) => {
    const inner = () => block(depth + 1, 6)
    const kinds = [
      () => ({ type: 'Scope', actions: inner() }),
      () => ({ type: 'Foreach', foreach: "@triggerBody()?['items']", actions: inner() }),
      () => ({
        type: 'If',
        expression: { and: [{ equals: ["@triggerBody()?['kind']", 'new'] }] },
        actions: inner(),
        else: { actions: inner() },
      }),
      () => ({
        type: 'Switch',
        expression: "@triggerBody()?['kind']",
        cases: { One: { case: '1', actions: inner() }, Two: { case: '2', actions: inner() } },
        default: { actions: inner() },
      }),
    ]
    return kinds[made % kinds.length]()
  }
  const first = name('Initialize')
  const actions = {
    [first]: {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: 'sResult', type: 'string' }] },
      runAfter: {},
    },
  }
  let before = first
  while (made < count) {
    const key = name('Group')
    actions[key] = { ...container(1), runAfter: { [before]: ['Succeeded'] } }
    before = key
  }
  return {
    properties: {
      connectionReferences: {
        shared_sharepointonline: {
          runtimeSource: 'embedded',
          connection: { connectionReferenceLogicalName: 'demo_sharepoint' },
          api: { name: 'shared_sharepointonline' },
        },
      },
      definition: {
        $schema:
          'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
        contentVersion: '1.0.0.0',
        parameters: { Site: { type: 'String', defaultValue: '' } },
        triggers: {
          manual: {
            type: 'Request',
            kind: 'Button',
            inputs: {
              schema: {
                type: 'object',
                properties: { id: {}, name: {}, kind: {}, items: { type: 'array' } },
              },
            },
          },
        },
        actions,
      },
    },
    schemaVersion: '1.0.0.0',
  }
}
