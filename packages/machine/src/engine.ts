import { FlowsteadError } from '@flowstead/errors'
import type { ObjectValue, Scope, Value } from '@flowstead/expressions'
import { callbackSignature, drawAt } from './draws.ts'
import type { Observer } from './observer.ts'
import { pathOf } from './path.ts'
import type { ActionPlan, FlowPlan, ParameterPlan } from './plan.ts'
import { actionRecord, resultRecords, workflowRecord } from './record.ts'
import { itemsOf, outputsOf, runAt } from './route.ts'
import { type ActionRun, type Frame, newActionRun, type RunState } from './state.ts'

const maxParameterDepth = 20

/**
 * What the machine has in hand during one `advance`: the action run being worked on, and the scope its
 * expressions are evaluated in. Nothing in it outlives the call.
 */
export class Engine implements Scope {
  readonly plan: FlowPlan
  readonly state: RunState
  readonly observer: Observer | null
  /** The action run in hand and its frame. */
  frame!: Frame
  current!: ActionPlan
  run!: ActionRun
  /** The frame references are resolved in; another than `frame` only in the condition of a loop. */
  inside!: Frame
  /** Element of the innermost Select, Query or Table in hand. */
  element: Value | undefined = undefined
  /** The repetition that has just ended, while its loop hears of it. */
  ended: Frame | null = null
  /** Work done in this call, in items and elements. */
  spent = 0
  /** Evaluating for the run itself (outputs, triggers), not for an action. */
  isOutside = false
  /** The callback address of a trigger whose inputs are evaluated. */
  outsideCallbackUrl: string | undefined = undefined
  private parameterDepth = 0

  constructor(plan: FlowPlan, state: RunState, observer: Observer | null) {
    this.plan = plan
    this.state = state
    this.observer = observer
  }

  /** Takes an action run in hand. */
  enter(frame: Frame, action: ActionPlan, run: ActionRun): void {
    this.frame = frame
    this.inside = frame
    this.current = action
    this.run = run
    this.element = undefined
    this.isOutside = false
  }

  /** Evaluates for the run itself from now on; `frame` is the root. */
  enterOutside(frame: Frame): void {
    this.frame = frame
    this.inside = frame
    this.run = newActionRun('Running', this.state.now)
    this.element = undefined
    this.isOutside = true
  }

  /** The frame `up` loops further out than the one references are resolved in. */
  outer(up: number): Frame {
    let frame = this.inside
    for (let left = up; left > 0; left--) frame = this.state.frames[frame.parent] as Frame
    return frame
  }

  now(): number {
    return this.state.now
  }

  random(): number {
    const path = this.isOutside ? '' : pathOf(this.state, this.frame, this.current)
    return drawAt(this.state.seed, path, this.run.draws++)
  }

  variable(name: string): Value | undefined {
    const place = this.plan.variables.get(name.toLowerCase())
    const variable = place === undefined ? null : (this.state.variables[place] ?? null)
    if (variable === null) return undefined
    variable.shared = true
    return variable.value
  }

  parameter(name: string): Value | undefined {
    const declared = this.plan.parameters.get(name.toLowerCase())
    return declared === undefined ? undeclared(name) : this.parameterValue(declared)
  }

  /** The value given at the start of the run, else the declared default. */
  parameterValue(parameter: ParameterPlan): Value | undefined {
    const given = this.state.env.parameters
    if (Object.hasOwn(given, parameter.name)) return given[parameter.name]
    if (parameter.default === null) return undeclared(parameter.name)
    if (parameter.default.isConstant) return parameter.default.resolve(this)
    return this.parameterDefault(parameter.name, parameter.default)
  }

  appsetting(name: string): Value | undefined {
    const settings = this.state.env.appsettings
    return settings !== undefined && Object.hasOwn(settings, name) ? settings[name] : undefined
  }

  /** The action of that name, in any case. */
  named(name: string): ActionPlan | undefined {
    return this.plan.byName.get(name.toLowerCase())
  }

  action(name: string): Value | undefined {
    const action = this.named(name)
    const run = action === undefined ? undefined : runAt(this, action)
    return action === undefined || !run ? undefined : actionRecord(this, action, run)
  }

  outputs(name: string): Value | undefined {
    const action = this.named(name)
    return action === undefined ? undefined : outputsOf(runAt(this, action))
  }

  result(name: string): Value | undefined {
    const action = this.named(name)
    return action === undefined ? undefined : resultRecords(this, action)
  }

  trigger(): Value | undefined {
    return this.state.trigger as unknown as ObjectValue
  }

  item(): Value | undefined {
    if (this.element !== undefined) return this.element
    let frame = this.inside
    let layout = this.plan.layouts[frame.layout]
    while (layout !== undefined && layout.loop !== null) {
      const outer = this.state.frames[frame.parent] as Frame
      const items = itemsOf(outer.runs[layout.loop.slot])
      if (items !== undefined) return items[frame.index]
      frame = outer
      layout = layout.loop.block.layout
    }
    return undefined
  }

  items(loop: string): Value | undefined {
    const found = this.repetitionOf(loop)
    return found === undefined ? undefined : itemsOf(found.outer.runs[found.slot])?.[found.frame.index]
  }

  iterationIndex(loop: string): number | undefined {
    return this.repetitionOf(loop)?.frame.index
  }

  workflow(): Value | undefined {
    return workflowRecord(this.plan, this.state.env)
  }

  currentAction(): Value | undefined {
    return this.isOutside ? undefined : actionRecord(this, this.current, this.run)
  }

  callbackUrl(): string | undefined {
    const { callbackBase, runId } = this.state.env
    if (this.isOutside) return this.outsideCallbackUrl
    const path = pathOf(this.state, this.frame, this.current)
    const signature = callbackSignature(this.state.seed, path)
    return `${callbackBase}/${encodeURIComponent(runId)}/${encodeURIComponent(path)}?sig=${signature}`
  }

  private parameterDefault(name: string, template: { resolve(scope: Scope): Value }): Value {
    this.parameterDepth += 1
    try {
      if (this.parameterDepth > maxParameterDepth) {
        throw new FlowsteadError(
          'Expression.MissingReference',
          `The default of parameter "${name}" needs itself.`,
        )
      }
      return template.resolve(this)
    } finally {
      this.parameterDepth -= 1
    }
  }

  private repetitionOf(loop: string): { frame: Frame; outer: Frame; slot: number } | undefined {
    const action = this.named(loop)
    let frame = this.inside
    let layout = this.plan.layouts[frame.layout]
    while (layout !== undefined && layout.loop !== null) {
      const outer = this.state.frames[frame.parent] as Frame
      if (layout.loop === action) return { frame, outer, slot: action.slot }
      frame = outer
      layout = layout.loop.block.layout
    }
    return undefined
  }
}

/** Parameters every flow may read: the platform fills them, here they are empty. */
function undeclared(name: string): Value | undefined {
  return name === '$authentication' || name === '$connections' ? {} : undefined
}
