import {
  type ActionDefinition,
  definitionPlaces,
  type ExpressionPlace,
  expressionPlaces,
  type Flow,
  type PlacedAction,
  type TriggerDefinition,
} from '@flowstead/definition'
import { isFlowsteadError } from '@flowstead/errors'
import {
  type CallTree,
  callsIn,
  parseTemplateText,
  type Reference,
  references,
  type TemplateText,
  type Tree,
} from '@flowstead/expressions'

/** One string of the definition that holds expressions, read once for all rules. */
export interface PlacedExpression {
  /** The trigger or action it stands in; `undefined` in the outputs of the definition. */
  readonly owner: ActionDefinition | TriggerDefinition | undefined
  /** The action with its surroundings; `undefined` in triggers and outputs. */
  readonly placed: PlacedAction | undefined
  readonly text: string
  readonly pointer: string
  /** `undefined` when the text does not parse. */
  readonly template: TemplateText | undefined
  /** Trees in the order of the text; spans count from its start. */
  readonly trees: readonly Tree[]
  readonly references: readonly Reference[]
  /** Every call in the trees, outermost first. */
  readonly calls: readonly CallTree[]
}

/** Every string with an expression: triggers first, then actions in the order of the definition, then outputs. */
export function readExpressions(flow: Flow, actions: readonly PlacedAction[]): PlacedExpression[] {
  const found: PlacedExpression[] = []
  const add = (
    places: readonly ExpressionPlace[],
    owner: PlacedExpression['owner'],
    placed?: PlacedAction,
  ): void => {
    for (const place of places) found.push({ owner, placed, ...place, ...readText(place) })
  }
  for (const trigger of flow.triggers) add(expressionPlaces(flow, trigger), trigger)
  for (const placed of actions) add(expressionPlaces(flow, placed.action), placed.action, placed)
  add(definitionPlaces(flow), undefined)
  return found
}

function readText({
  text,
}: ExpressionPlace): Pick<PlacedExpression, 'template' | 'trees' | 'references' | 'calls'> {
  try {
    const template = parseTemplateText(text)
    const trees = treesOf(template)
    return {
      template,
      trees,
      references: trees.flatMap((tree) => references(tree)),
      calls: trees.flatMap(callsIn),
    }
  } catch (error) {
    if (!isFlowsteadError(error)) throw error
    return { template: undefined, trees: [], references: [], calls: [] }
  }
}

function treesOf(template: TemplateText): readonly Tree[] {
  if (template.kind === 'text') return []
  return template.kind === 'expression'
    ? [template.tree]
    : template.parts.filter((part) => typeof part !== 'string')
}
