import type { Value } from '@flowstead/expressions'
import type { CallRequest, RespondCommand } from './command.ts'
import type { Engine } from './engine.ts'
import type { ActionRunContext, Resolvable } from './handler.ts'
import { closeKey, noteSubscription, openCommand } from './open.ts'
import { pathOf } from './path.ts'
import type { Block } from './plan.ts'
import { openBlock, openRepetition, placeOf, skipBlock } from './settle.ts'
import { holdsInputs, type Variable } from './state.ts'
import type { FinalStatus, RunError } from './status.ts'

/** What handlers see of the action run in hand. */
export class RunContext implements ActionRunContext {
  private readonly engine: Engine

  constructor(engine: Engine) {
    this.engine = engine
  }

  get now(): number {
    return this.engine.state.now
  }

  get memory(): unknown {
    return this.engine.run.memory
  }

  set memory(memory: unknown) {
    this.engine.run.memory = memory
  }

  resolve(template: Resolvable): Value {
    return template.resolve(this.engine)
  }

  resolveWith(item: Value, template: Resolvable): Value {
    const { engine } = this
    engine.element = item
    try {
      return template.resolve(engine)
    } finally {
      engine.element = undefined
    }
  }

  resolveInside(template: Resolvable): Value {
    const { engine } = this
    engine.inside = engine.ended ?? engine.frame
    try {
      return template.resolve(engine)
    } finally {
      engine.inside = engine.frame
    }
  }

  recordInputs(value: Value): Value {
    const { engine } = this
    if (engine.current.keeps.inputs) {
      engine.run.inputs = value
      engine.run.holds |= holdsInputs
    }
    engine.observer?.inputs(placeOf(engine, engine.frame, engine.current), value)
    return value
  }

  openBlock(block: Block): void {
    openBlock(this.engine, this.engine.frame, block)
  }

  skipBlock(block: Block): void {
    skipBlock(this.engine, this.engine.frame, block, 'branch')
  }

  startRepetition(index: number): void {
    openRepetition(this.engine, index)
  }

  call(tag: string, request: CallRequest): void {
    if (tag !== '1') this.engine.state.executed += 1
    openCommand(this.engine, tag, (key, path) => ({ type: 'call', key, path, request }))
  }

  wait(tag: string, until: number): void {
    openCommand(this.engine, tag, (key) => ({ type: 'wait', key, until }))
  }

  awaitCallback(tag: string): void {
    const callbackUrl = this.callbackUrl()
    openCommand(this.engine, tag, (key) => ({ type: 'await', key, callbackUrl }))
  }

  subscribed(tag: string, unsubscribe: Value): void {
    noteSubscription(this.engine.state, this.keyOf(tag), unsubscribe)
  }

  unsubscribe(tag: string, unsubscribe: Value): void {
    const { state } = this.engine
    const key = this.keyOf(tag)
    if (Object.hasOwn(state.open, key)) closeKey(state, key)
    else state.leaving.push({ type: 'cancel', key, unsubscribe })
  }

  callbackUrl(): string {
    return this.engine.callbackUrl() ?? ''
  }

  variable(place: number): Variable | null {
    return this.engine.state.variables[place] ?? null
  }

  initialise(place: number, variable: Variable): void {
    this.engine.state.variables[place] = variable
  }

  charge(elements: number): void {
    this.engine.spent += elements
  }

  respond(answer: RespondCommand['answer']): 'sent' | 'answered' | 'none' {
    const { state } = this.engine
    if (state.caller === 'answered') return 'answered'
    if (state.caller === 'none' || state.caller === 'gone') return 'none'
    state.caller = 'answered'
    state.leaving.push({ type: 'respond', answer })
    return 'sent'
  }

  endRun(status: FinalStatus, error: RunError | null): void {
    this.engine.state.ending = { status: status as 'Succeeded', code: 'Terminated', error }
  }

  draw(): number {
    return this.engine.random()
  }

  private keyOf(tag: string): string {
    const { state, frame, current } = this.engine
    return `${pathOf(state, frame, current)}#${tag}`
  }
}
