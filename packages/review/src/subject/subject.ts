import {
  type ActionDefinition,
  type Flow,
  type PlacedAction,
  type PlacedExpression,
  type Problem,
  problemsOfStructure,
  readExpressions,
  type TriggerDefinition,
  walkActions,
} from '@flowstead/definition'
import type { Reference } from '@flowstead/expressions'
import type { ReviewFacts } from '../facts.ts'
import { type RunOrder, runOrder } from './order.ts'
import { type OutsideCall, outsideCalls } from './outside-call.ts'
import type { Place } from './place.ts'
import { type PlacedText, readTexts } from './texts.ts'
import { type DeclaredVariable, declaredVariables } from './variables.ts'

/** One flow under review, with everything that several rules ask; each part is read once, when first asked. */
export interface Subject {
  readonly flow: Flow
  /** The flow as a whole, as the place of a finding. */
  readonly place: Place
  /** Every action at any depth in the order of the definition. */
  readonly actions: readonly PlacedAction[]
  readonly expressions: readonly PlacedExpression[]
  readonly variables: readonly DeclaredVariable[]
  readonly order: RunOrder
  /** What the definition package reports about the structure, without lines. */
  readonly problems: readonly Problem[]
  readonly facts: ReviewFacts | undefined
  /** Action by name, case aside. */
  action(name: string): ActionDefinition | undefined
  /** An action with its block and owners. */
  placed(action: ActionDefinition): PlacedAction
  /** Expressions of one trigger or action itself, without those of the actions inside it. */
  expressionsOf(owner: ActionDefinition | TriggerDefinition): readonly PlacedExpression[]
  /** Every string of triggers and actions, in their order. */
  readonly texts: readonly PlacedText[]
  /** Strings of one trigger or action itself, without those of the actions inside it. */
  textsOf(owner: ActionDefinition | TriggerDefinition): readonly PlacedText[]
  /** What a trigger or action asks of the world outside the run. */
  outsideCall(caller: ActionDefinition | TriggerDefinition): OutsideCall | undefined
  /**
   * What `read` makes of this flow, made when first asked and kept for the next rule.
   * @param read the same function every time, not one made on the spot.
   */
  shared<T>(read: (subject: Subject) => T): T
  /** References of the whole flow that name this action or variable, case aside, by function: `outputs`, `variables` … */
  readsOf(name: string): readonly PlacedReference[]
}

/** A reference with the expression it stands in. */
export interface PlacedReference extends Reference {
  readonly expression: PlacedExpression
}

/** Makes a flow ready for review. */
export function subjectOf(flow: Flow, facts?: ReviewFacts): Subject {
  const actions = [...walkActions(flow)]
  const places = new Map(actions.map((placed) => [placed.action, placed]))
  const expressions = once(() => readExpressions(flow, actions))
  const byOwner = once(() => expressionsByOwner(expressions()))
  const reads = once(() => referencesByName(expressions()))
  const owners = [...flow.triggers, ...actions.map(({ action }) => action)]
  const texts = once(
    () => new Map(owners.map((owner) => [owner, readTexts(owner, byOwner().get(owner) ?? [])] as const)),
  )
  const allTexts = once(() => [...texts().values()].flat())
  const order = once(() => runOrder(actions))
  const variables = once(() => declaredVariables(actions))
  const problems = once(() => problemsOfStructure(flow, expressions()))
  const readings = new Map<unknown, unknown>()
  return {
    flow,
    place: { pointer: flow.definitionAt },
    actions,
    facts,
    get expressions() {
      return expressions()
    },
    get variables() {
      return variables()
    },
    get order() {
      return order()
    },
    get problems() {
      return problems()
    },
    get texts() {
      return allTexts()
    },
    shared<T>(read: (subject: Subject) => T): T {
      if (!readings.has(read)) readings.set(read, read(this))
      return readings.get(read) as T
    },
    outsideCall: outsideCalls(flow),
    textsOf: (owner) => texts().get(owner) ?? [],
    action: (name) => flow.actions.get(name.toLowerCase()),
    placed: (action) => places.get(action) ?? { action, block: flow.root, owners: [] },
    expressionsOf: (owner) => byOwner().get(owner) ?? [],
    readsOf: (name) => reads().get(name.toLowerCase()) ?? [],
  }
}

function expressionsByOwner(
  expressions: readonly PlacedExpression[],
): Map<PlacedExpression['owner'], PlacedExpression[]> {
  const found = new Map<PlacedExpression['owner'], PlacedExpression[]>()
  for (const expression of expressions) {
    const list = found.get(expression.owner)
    if (list === undefined) found.set(expression.owner, [expression])
    else list.push(expression)
  }
  return found
}

function referencesByName(expressions: readonly PlacedExpression[]): Map<string, PlacedReference[]> {
  const found = new Map<string, PlacedReference[]>()
  for (const expression of expressions) {
    for (const reference of expression.references) {
      if (reference.name === undefined) continue
      const key = reference.name.toLowerCase()
      const list = found.get(key)
      if (list === undefined) found.set(key, [{ ...reference, expression }])
      else list.push({ ...reference, expression })
    }
  }
  return found
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
