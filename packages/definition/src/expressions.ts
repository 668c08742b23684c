import { type FlowsteadError, isFlowsteadError } from '@flowstead/errors'
import {
  type CallTree,
  callsIn,
  parseTemplateText,
  type Reference,
  references,
  type TemplateText,
  type Tree,
} from '@flowstead/expressions'
import { definitionPlaces, type ExpressionPlace, expressionPlaces } from './expression-places.ts'
import type { ActionDefinition, Flow, TriggerDefinition } from './flow.ts'
import { type PlacedAction, walkActions } from './walk.ts'

/** One string of a definition that holds expressions, with what it says. */
export interface PlacedExpression extends ExpressionPlace {
  /** The trigger or action it stands in; `undefined` in the outputs of the definition. */
  readonly owner: ActionDefinition | TriggerDefinition | undefined
  /** The action with its surroundings; `undefined` in triggers and outputs. */
  readonly placed: PlacedAction | undefined
  /** `undefined` when the text does not parse. */
  readonly template: TemplateText | undefined
  /** Why the text does not parse. */
  readonly failure: FlowsteadError | undefined
  /** Trees in the order of the text; spans count from its start. */
  readonly trees: readonly Tree[]
  readonly references: readonly Reference[]
  /** Every call in the trees, outermost first. */
  readonly calls: readonly CallTree[]
}

/** Every string with an expression: triggers first, then actions in the order of the definition, then outputs. */
export function readExpressions(
  flow: Flow,
  actions: Iterable<PlacedAction> = walkActions(flow),
): PlacedExpression[] {
  const found: PlacedExpression[] = []
  const add = (
    places: readonly ExpressionPlace[],
    owner: PlacedExpression['owner'],
    placed: PlacedAction | undefined,
  ): void => {
    for (const { text, pointer } of places) found.push(readText(text, pointer, owner, placed))
  }
  for (const trigger of flow.triggers) add(expressionPlaces(flow, trigger), trigger, undefined)
  for (const placed of actions) add(expressionPlaces(flow, placed.action), placed.action, placed)
  add(definitionPlaces(flow), undefined, undefined)
  return found
}

function readText(
  text: string,
  pointer: string,
  owner: PlacedExpression['owner'],
  placed: PlacedAction | undefined,
): PlacedExpression {
  try {
    const template = parseTemplateText(text)
    const trees = treesOf(template)
    const [only] = trees
    return {
      owner,
      placed,
      text,
      pointer,
      template,
      failure: undefined,
      trees,
      references: trees.length === 1 ? references(only as Tree) : trees.flatMap((tree) => references(tree)),
      calls: trees.length === 1 ? callsIn(only as Tree) : trees.flatMap(callsIn),
    }
  } catch (failure) {
    if (!isFlowsteadError(failure)) throw failure
    return {
      owner,
      placed,
      text,
      pointer,
      template: undefined,
      failure,
      trees: [],
      references: [],
      calls: [],
    }
  }
}

function treesOf(template: TemplateText): readonly Tree[] {
  if (template.kind === 'text') return []
  return template.kind === 'expression'
    ? [template.tree]
    : template.parts.filter((part) => typeof part !== 'string')
}
