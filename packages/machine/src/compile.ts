import type { Flow, ParameterDeclaration, TriggerDefinition } from '@flowstead/definition'
import {
  type Bind,
  compileExpression,
  compileTemplate,
  type Template,
  type Value,
} from '@flowstead/expressions'
import { binder, type Names, type Referrer } from './bind.ts'
import { connectionsParameter } from './connections-parameter.ts'
import { faultOutcome, isFlowFault } from './fault.ts'
import type { Compile, Resolvable } from './handler.ts'
import { layOut } from './layout.ts'
import { asObject, member, memberAt, membersOf, textMember } from './member.ts'
import type { ActionPlan, FlowPlan, Layout, ParameterPlan, TriggerPlan } from './plan.ts'
import { hideDependants } from './secured.ts'
import { staticOutcome } from './static-result.ts'

/*
 * Flow to plan, once per flow version: layouts, then templates with their references bound to slots. An
 * action that does not compile fails when it is reached; the others run.
 */

/**
 * Compiles a flow version.
 * @throws `Machine.Cycle` when actions run after each other in a circle
 */
export function compileFlow(flow: Flow): FlowPlan {
  const triggerNames = new Set(flow.triggers.map((trigger) => trigger.name.toLowerCase()))
  const { layouts, byName, all } = layOut(flow.root, triggerNames)
  const root = layouts[0] as Layout
  const names: Names = {
    actions: byName,
    variables: variablePlaces(all),
    parameters: compileParameters(flow),
  }
  const reads = new Map<ActionPlan, Set<ActionPlan | null>>()
  for (const action of all) reads.set(action, compileAction(flow, action, names))
  const outside = { layout: root, keeps: null, reads: () => undefined }
  const triggers = new Map(
    flow.triggers.map((trigger) => [trigger.name.toLowerCase(), compileTrigger(trigger, names, outside)]),
  )
  hideDependants(
    reads,
    [...triggers.values()].some((trigger) => trigger.secured.outputs),
  )
  return {
    flow,
    dialect: flow.dialect,
    layouts,
    root,
    byName,
    variables: names.variables,
    parameters: names.parameters,
    triggers,
    outputs: membersOf(flow.outputs).map(([name, output]) => ({
      name,
      value: template(member(output, 'value') ?? null, binder(names, outside), `outputs.${name}`),
    })),
    hasResponse: all.some((action) => action.type === 'Response'),
  }
}

function template(json: Value, bind: Bind | undefined, path: string): Template {
  return compileTemplate(json, { onError: 'defer', path, ...(bind === undefined ? {} : { bind }) })
}

function compileParameters(flow: Flow): Map<string, ParameterPlan> {
  const declared = [...flow.parameters.values()]
  const plans = new Map(
    declared.map((parameter) => [parameter.name.toLowerCase(), compileParameter(parameter)]),
  )
  const connections = plans.get('$connections')
  if (connections !== undefined) {
    const value = template(connectionsParameter(flow), undefined, 'parameters.$connections')
    plans.set('$connections', { name: connections.name, default: value })
  }
  return plans
}

function compileParameter({ name, defaultValue }: ParameterDeclaration): ParameterPlan {
  if (defaultValue === undefined) return { name, default: null }
  return { name, default: template(defaultValue, undefined, `parameters.${name}.defaultValue`) }
}

/** Variables get their places from the actions that initialise them. */
function variablePlaces(all: readonly ActionPlan[]): Map<string, number> {
  const places = new Map<string, number>()
  for (const action of all) {
    if (action.type !== 'InitializeVariable') continue
    const declared = member(action.definition.inputs, 'variables')
    for (const variable of Array.isArray(declared) ? declared : []) {
      const name = textMember(variable, 'name')?.toLowerCase()
      if (name !== undefined && !places.has(name)) places.set(name, places.size)
    }
  }
  return places
}

/** Prepares one action; gives what its expressions read, null standing for the trigger. */
function compileAction(flow: Flow, action: ActionPlan, names: Names): Set<ActionPlan | null> {
  const reads = new Set<ActionPlan | null>()
  const { definition, block } = action
  const { name, raw } = definition
  const referrer = { keeps: action.keeps, reads: (read: ActionPlan | null) => reads.add(read) }
  const bind = binder(names, { ...referrer, layout: block.layout })
  const compile = compiler(flow, action, names, referrer)
  try {
    action.templates =
      action.handler.compile?.(definition, compile) ?? compile.template(definition.inputs ?? {})
  } catch (error) {
    if (!isFlowFault(error)) throw error
    action.broken ??= faultOutcome(action, error)
  }
  const timeout = memberAt(raw, 'limit', 'timeout')
  if (timeout !== undefined && definition.blocks.length === 0)
    action.timeout = template(timeout, bind, `actions.${name}.limit`)
  const tracked = member(raw, 'trackedProperties')
  if (tracked !== undefined) action.tracked = template(tracked, bind, `actions.${name}.trackedProperties`)
  action.staticResult = staticOutcome(flow, raw)
  Object.assign(action.secured, securedParts(raw))
  return reads
}

function securedParts(raw: Value): { inputs: boolean; outputs: boolean } {
  const listed = memberAt(raw, 'runtimeConfiguration', 'secureData', 'properties')
  const parts = Array.isArray(listed) ? listed : []
  return { inputs: parts.includes('inputs'), outputs: parts.includes('outputs') }
}

function compiler(flow: Flow, action: ActionPlan, names: Names, referrer: Omit<Referrer, 'layout'>): Compile {
  const { layout } = action.block
  const path = `actions.${action.name}`
  const bind = binder(names, { ...referrer, layout })
  return {
    dialect: flow.dialect,
    isInForeach: isInForeach(layout),
    template: (json) => template(json, bind, path),
    inside: (json) => template(json, binder(names, { ...referrer, layout: action.body ?? layout }), path),
    variable: (name) => names.variables.get(name.toLowerCase()),
    call: (fn, operands) =>
      applied(`${fn}(${operands.map((_, index) => `parameters('${index}')`).join(',')})`, operands, path),
    expression: (text, operands) => applied(text, operands, path),
  }
}

function isInForeach(layout: Layout): boolean {
  for (let at: Layout | null = layout; at !== null && at.loop !== null; at = at.parent) {
    if (at.loop.type === 'Foreach') return true
  }
  return false
}

/** An expression over templates: each operand stands in it as `parameters('0')`, `parameters('1')` … */
function applied(text: string, operands: readonly Resolvable[], path: string): Resolvable {
  const bind: Bind = ({ name }) => {
    const operand = operands[Number(name)]
    return operand === undefined ? undefined : (scope) => operand.resolve(scope)
  }
  const expression = compileExpression(text, { bind, path, onError: 'defer' })
  return { resolve: (scope) => expression.evaluate(scope) }
}

function compileTrigger(trigger: TriggerDefinition, names: Names, outside: Referrer): TriggerPlan {
  const { raw, name, type } = trigger
  const bind = binder(names, outside)
  const optional = (json: Value | undefined) =>
    json === undefined || json === null ? null : template(json, bind, `triggers.${name}`)
  const conditions = member(raw, 'conditions')
  return {
    name,
    type,
    inputs: optional(member(raw, 'inputs')),
    conditions: (Array.isArray(conditions) ? conditions : []).map((condition) =>
      template(member(condition, 'expression') ?? null, bind, `triggers.${name}.conditions`),
    ),
    splitOn: optional(member(raw, 'splitOn')),
    trackingId: optional(memberAt(raw, 'correlation', 'clientTrackingId')),
    splitTrackingId: optional(memberAt(raw, 'splitOnConfiguration', 'correlation', 'clientTrackingId')),
    secured: securedParts(asObject(raw)),
  }
}
