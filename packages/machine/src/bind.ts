import type { Bind, BoundCall, Scope, Value } from '@flowstead/expressions'
import type { Engine } from './engine.ts'
import type { ActionPlan, Block, Keeps, Layout, ParameterPlan } from './plan.ts'
import { actionRecord } from './record.ts'
import { itemsOf, outputsOf, type Route, routeTo, runsAt } from './route.ts'
import type { ActionRun, Frame } from './state.ts'

/*
 * Resolves the references of an expression when it is compiled: to frames and slots instead of names, and
 * notes on the way what finished action runs have to keep. The closures are given the engine as their scope.
 */

type Bound = (scope: Scope) => Value | undefined

/** What a binder needs to know of the flow being compiled. */
export interface Names {
  readonly actions: ReadonlyMap<string, ActionPlan>
  readonly variables: ReadonlyMap<string, number>
  readonly parameters: ReadonlyMap<string, ParameterPlan>
}

/** Who refers: the action, and the layout its expression is evaluated in. */
export interface Referrer {
  readonly layout: Layout
  readonly keeps: Keeps | null
  /** Notes that the outputs of `action` (null: of the trigger) flow into this expression. */
  reads(action: ActionPlan | null): void
}

/** The binder for the expressions of one action. */
export function binder(names: Names, from: Referrer): Bind {
  return (call) => {
    switch (call.fn.toLowerCase()) {
      case 'outputs':
      case 'body':
      case 'actions':
        return bindAction(call, names, from)
      case 'result':
        return keepResults(call, names, from)
      case 'variables':
        return bindVariable(call, names)
      case 'parameters':
        return bindParameter(call, names)
      case 'items':
        return bindItems(call, names, from)
      case 'action':
        if (from.keeps !== null) Object.assign(from.keeps, { inputs: true, outputs: true })
        return undefined
      case 'trigger':
      case 'triggerbody':
      case 'triggeroutputs':
        from.reads(null)
        return undefined
      default:
        return undefined
    }
  }
}

function bindAction(call: BoundCall, names: Names, from: Referrer): Bound | undefined {
  if (call.name === undefined) return keepEverything(names)
  const action = names.actions.get(call.name.toLowerCase())
  if (action === undefined) return () => undefined
  const fn = call.fn.toLowerCase()
  action.keeps.outputs = true
  if (fn === 'actions') action.keeps.inputs = true
  from.reads(action)
  const route = keptRoute(action, from)
  if (fn === 'outputs') return bindOutputs(route, action.slot)
  if (fn === 'body') return bindBody(route, action.slot)
  return (scope) => {
    const run = runsAt(scope as Engine, route)?.[action.slot]
    return run ? actionRecord(scope as Engine, action, run) : undefined
  }
}

/** The route to an action; loops on the way down keep their last repetition from now on. */
function keptRoute(action: ActionPlan, from: Referrer): Route {
  const route = routeTo(from.layout, action.block.layout)
  let layout = action.block.layout
  for (let left = route.down.length; left > 0 && layout.loop !== null; left--) {
    layout.loop.keeps.last = true
    layout = layout.loop.block.layout
  }
  return route
}

function bindOutputs(route: Route, slot: number): Bound {
  if (route.down.length > 0) return (scope) => outputsOf(runsAt(scope as Engine, route)?.[slot])
  const { up } = route
  if (up === 0) return (scope) => outputsOf((scope as Engine).inside.runs[slot])
  return (scope) => outputsOf((scope as Engine).outer(up).runs[slot])
}

function bindBody(route: Route, slot: number): Bound {
  const outputs = bindOutputs(route, slot)
  return (scope) => bodyOf(outputs(scope))
}

function bodyOf(outputs: Value | undefined): Value | undefined {
  if (outputs === undefined) return undefined
  if (outputs === null || typeof outputs !== 'object' || Array.isArray(outputs)) return null
  return Object.hasOwn(outputs, 'body') ? ((outputs as { body: Value }).body ?? null) : null
}

function keepResults(call: BoundCall, names: Names, from: Referrer): undefined {
  if (call.name === undefined) {
    keepEverything(names)
    for (const action of names.actions.values()) action.keeps.all = true
    return undefined
  }
  const container = names.actions.get(call.name.toLowerCase())
  if (container === undefined) return undefined
  keptRoute(container, from)
  container.keeps.all = true
  for (const block of blocksOf(container)) {
    for (const slot of block.direct) keepWhole(block.layout.slots[slot] as ActionPlan, from)
  }
  return undefined
}

function keepWhole(action: ActionPlan, from: Referrer): void {
  action.keeps.inputs = true
  action.keeps.outputs = true
  from.reads(action)
}

function blocksOf(container: ActionPlan): readonly Block[] {
  return container.body === null ? container.blocks : container.body.blocks.slice(0, 1)
}

/** A computed name may mean any action. */
function keepEverything(names: Names): undefined {
  for (const { keeps } of names.actions.values()) {
    keeps.inputs = true
    keeps.outputs = true
    keeps.last = true
  }
  return undefined
}

function bindVariable(call: BoundCall, names: Names): Bound | undefined {
  if (call.name === undefined) return undefined
  const place = names.variables.get(call.name.toLowerCase())
  if (place === undefined) return () => undefined
  const isKept = call.isKept
  return (scope) => {
    const variable = (scope as Engine).state.variables[place]
    if (variable === null || variable === undefined) return undefined
    if (isKept) variable.shared = true
    return variable.value
  }
}

function bindParameter(call: BoundCall, names: Names): Bound | undefined {
  const parameter = call.name === undefined ? undefined : names.parameters.get(call.name.toLowerCase())
  return parameter === undefined ? undefined : (scope) => (scope as Engine).parameterValue(parameter)
}

function bindItems(call: BoundCall, names: Names, from: Referrer): Bound | undefined {
  const loop = call.name === undefined ? undefined : names.actions.get(call.name.toLowerCase())
  let up = 0
  let layout = from.layout
  while (layout.loop !== null && layout.loop !== loop) {
    layout = layout.loop.block.layout
    up += 1
  }
  if (loop === undefined || layout.loop !== loop) return undefined
  return (scope) => elementAt(scope as Engine, (scope as Engine).outer(up), loop.slot)
}

function elementAt(engine: Engine, frame: Frame, loopSlot: number): Value | undefined {
  const loop: ActionRun | null | undefined = engine.state.frames[frame.parent]?.runs[loopSlot]
  return itemsOf(loop)?.[frame.index]
}
