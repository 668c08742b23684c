import { readFlows } from '@flowstead/definition'
import type { ActionData, DataJson } from '../data/data-json.ts'
import type { Finding } from '../finding.ts'
import type { FlowReview } from '../flow-review.ts'
import { exampleFiles } from '../rules/example-flow.ts'

/** Texts of foreign origin, each put wherever such a text may stand. */
export interface ForeignTexts {
  readonly name: string
  readonly action: string
  readonly variable: string
  readonly notes: string
  readonly inputs: string
}

export const plainTexts: ForeignTexts = {
  name: 'Orders of the day',
  action: 'Get_orders',
  variable: 'sTotal',
  notes: 'Reads the orders that came in since yesterday.',
  inputs: '{"uri":"https://example.com/orders","method":"GET"}',
}

/** An action of the Data JSON with the given members. */
export function actionData(part: Partial<ActionData>): ActionData {
  return {
    name: 'Action',
    step: 'Compose',
    type: 'Compose',
    id: 'MISSING',
    hashId: 'MISSING###1',
    tier: 'Standard',
    connector: '',
    imgURL: null,
    runAfter: '',
    exception: 'Non-Exception',
    index: 1,
    complexity: 2,
    detail: '1',
    filter: '',
    pagination: '',
    secure: '',
    retry: '',
    timeout: '',
    position: '|trigger|',
    positionInfo: '',
    environmentVariables: '[]',
    environmentB: false,
    environmentCount: 0,
    notes: '',
    parent: 'root',
    branch: 'Yes',
    positionIndex: '|0',
    positionType: '|trigger',
    nested: '',
    ...part,
  }
}

/** A finding with the given members. */
export function finding(part: Partial<Finding>): Finding {
  return {
    rule: 'STR005',
    severity: 'error',
    category: 'structure',
    message: 'Two actions are named "Total".',
    hint: 'Rename one of them, and the expressions that mean it.',
    file: 'orders.json',
    pointer: '/actions/Total',
    line: 12,
    column: 5,
    fingerprint: '0'.repeat(32),
    ...part,
  }
}

/** The review of a flow with one action of each sort; every foreign text is one of `texts`. */
export function exampleReview(texts: ForeignTexts = plainTexts, part: Partial<FlowReview> = {}): FlowReview {
  const { name, action, variable, notes, inputs } = texts
  const [file] = exampleFiles({ name: 'Orders', actions: { [action]: { type: 'Compose', inputs: 1 } } })
  const { flows } = readFlows(file?.bytes ?? new Uint8Array(), 'orders.json')
  const [flow] = flows
  if (flow === undefined) throw new Error('The example is no flow.')
  const actions = [
    actionData({ name: action, detail: inputs, notes }),
    actionData({
      name: `${action}_2`,
      step: 'GetItems',
      type: 'OpenApiConnection',
      connector: name,
      tier: 'Premium',
      index: 2,
      detail: inputs,
      filter: notes,
      pagination: 5000,
      runAfter: `${action}:Succeeded | Skipped`,
      environmentVariables: JSON.stringify([variable]),
      environmentB: true,
      environmentCount: 1,
    }),
    actionData({
      name: 'Exception',
      step: 'Scope',
      type: 'Scope',
      index: 3,
      exception: 'Exception',
      runAfter: `${action}:Failed`,
    }),
    actionData({ name: `${action}_3`, index: 4, nested: '3', parent: 'Exception', secure: 'inputs' }),
  ]
  return {
    flow,
    identity: { id: flow.id, name, owner: notes, environment: name },
    references: { complexity: name, ratings: 'default', naming: 'default', scoring: 'default' },
    profile: 'documented',
    metrics: {
      complexity: 54,
      steps: 4,
      variables: 1,
      composes: 1,
      connectors: 1,
      connectionRefs: 1,
      exceptions: 1,
      premium: true,
      flags: { ...flags, mainScope: false },
    },
    bands: { complexity: 'amber', actions: 'green', variables: 'green', exceptions: 'red' },
    score: 80,
    breakdown: [
      {
        name: 'mainScope',
        title: 'A scope named Main',
        possible: 10,
        reached: 0,
        lost: 10,
        why: `No action is named "Main"; the nearest is "${action}".`,
        where: [{ name: action, pointer: flow.actions.get(action.toLowerCase())?.pointer ?? '' }],
        remedy: 'Put the working actions into a scope named Main.',
      },
      {
        name: 'varNaming',
        title: 'Names of variables',
        possible: 10,
        reached: 10,
        lost: 0,
        why: 'All variables have the prefix of their type.',
        where: [],
        remedy: '',
      },
    ],
    counters: { warnings: 2, failures: 1 },
    findings: [
      finding({ message: `Two actions are named "${action}".`, action, hint: notes }),
      finding({ severity: 'info', category: 'naming', rule: 'ZZZ999', message: notes, pointer: `/${name}` }),
    ],
    hidden: [],
    suppressed: [{ ...finding({ action, message: notes }), reason: notes }],
    data: { ...emptyData, ...dataOf(texts, actions) },
    ...part,
  }
}

const flags = {
  varNaming: true,
  varNameConsts: true,
  varNameUse: true,
  exceptionHandleScope: true,
  exceptionScope: true,
  exceptionTerminate: true,
  exceptionLink: true,
}

function dataOf({ name, variable, notes, inputs }: ForeignTexts, actions: readonly ActionData[]) {
  return {
    name,
    trigger: name,
    triggerType: 'Request',
    triggerParam: inputs,
    triggerExpress: notes,
    variableArray: [{ name: variable, type: 'String', value: notes, used: true, named: true, local: false }],
    actionArray: actions,
    apiActionArray: actions.filter(({ type }) => type === 'OpenApiConnection'),
    exceptionArray: actions.filter(({ exception }) => exception === 'Exception'),
    connectionArray: [{ conName: name, appId: notes, opId: 'GetItems', count: 1 }],
  }
}

const emptyData: DataJson = {
  name: '',
  id: '',
  environment: '',
  owner: '',
  trigger: '',
  triggerType: '',
  triggerData: 'none',
  triggerParam: 'none',
  triggerConfig: 'none',
  triggerExpress: 'none',
  triggerInputs: 'none',
  triggerRecur: 'none',
  premium: true,
  connectionRefs: 1,
  connectors: 1,
  steps: 4,
  variables: 1,
  complexity: 54,
  composes: 1,
  exception: 1,
  ...flags,
  mainScope: false,
  variableArray: [],
  actionArray: [],
  apiActionArray: [],
  exceptionArray: [],
  connectionArray: [],
  error: '',
  actionObjectArray: [],
}
