// Second layer, names: what expressions and variable actions name exists and can be reached from there.
import { quoted } from '@flowstead/errors'
import { type CallTree, functions, type Reference } from '@flowstead/expressions'
import { isUnresolved } from '../expression-places.ts'
import type { PlacedExpression } from '../expressions.ts'
import type { ActionDefinition, Flow } from '../flow.ts'
import { member, members, textMember } from '../json/member.ts'
import { pointerTo } from '../json/pointer.ts'
import type { Report } from '../report.ts'
import { walkActions } from '../walk.ts'

/** What expressions of a flow may name. */
interface Names {
  readonly flow: Flow
  /** Declared variables: lower-cased name to spelling; `undefined` when one of the names is computed. */
  readonly variables: ReadonlyMap<string, string> | undefined
  readonly actionNames: () => Iterable<string>
  readonly parameterNames: () => Iterable<string>
  readonly report: Report
}

interface Asker {
  readonly names: Names
  readonly action: ActionDefinition | undefined
  readonly owners: readonly ActionDefinition[]
}

/** Reports expressions that do not parse, and names in them and in variable actions that do not exist. */
export function checkReferences(flow: Flow, expressions: readonly PlacedExpression[], report: Report): void {
  const names: Names = {
    flow,
    variables: declaredVariables(flow, report),
    actionNames: () => [...flow.actions.values()].map((action) => action.name),
    parameterNames: () => [...flow.parameters.values()].map((parameter) => parameter.name),
    report,
  }
  let next = 0
  /** Expressions stand in the order of the actions. */
  const checkThoseOf = (action: ActionDefinition | undefined, asker: Asker): void => {
    for (let each = expressions[next]; each !== undefined; each = expressions[next]) {
      if (each.placed?.action !== action) return
      checkExpression(each, asker)
      next += 1
    }
  }
  const nobody: Asker = { names, action: undefined, owners: [] }
  checkThoseOf(undefined, nobody)
  for (const { action, owners } of walkActions(flow)) {
    checkVariableAction(action, names)
    checkThoseOf(action, { names, action, owners })
  }
  checkThoseOf(undefined, nobody)
}

function checkExpression(
  { text, pointer, failure, calls, references }: PlacedExpression,
  asker: Asker,
): void {
  const { report } = asker.names
  if (failure !== undefined) {
    const at =
      failure.at === undefined
        ? ''
        : ` At character ${failure.at + 1}: ${quoted(text.slice(failure.at), 24)}.`
    const message = `The expression does not parse. ${failure.message}${at}`
    report({ code: 'Definition.InvalidExpression', pointer, message, hint: failure.hint })
  }
  checkCalls(calls, pointer, report)
  for (const reference of references) checkReference(reference, pointer, asker)
}

const functionNames = (): string[] => [...functions.values()].map((each) => each.name)

function checkCalls(calls: readonly CallTree[], pointer: string, report: Report): void {
  for (const { name, args } of calls) {
    const row = functions.get(name.toLowerCase())
    if (row === undefined) {
      const message = `There is no function ${quoted(name)}; the expression will fail when it is reached.`
      const unknown = { name, known: functionNames }
      report({ code: 'Definition.UnknownFunction', pointer, message, unknown })
    } else if (args.length < row.minArgs || args.length > row.maxArgs) {
      const expected = `${row.name}(${row.args.join(', ')})`
      const message = `${quoted(row.name)} gets ${args.length} arguments; the expression will fail when it is reached.`
      report({ code: 'Definition.WrongArguments', pointer, message, hint: `It is written ${expected}.` })
    }
  }
}

type Check = (name: string, pointer: string, asker: Asker) => void

const checks: ReadonlyMap<string, Check> = new Map([
  ['actions', checkAction],
  ['outputs', checkAction],
  ['body', checkAction],
  ['actionOutputs', checkAction],
  ['actionBody', checkAction],
  ['formDataValue', checkAction],
  ['formDataMultiValues', checkAction],
  ['multipartBody', checkAction],
  ['result', checkAction],
  ['items', (name, pointer, asker) => checkLoop(name, pointer, 'Foreach', asker)],
  ['iterationIndexes', (name, pointer, asker) => checkLoop(name, pointer, 'Until', asker)],
  ['parameters', checkParameter],
  ['variables', (name, pointer, { names, action }) => checkVariable(name, pointer, names, action)],
])

function checkReference({ fn, name }: Reference, pointer: string, asker: Asker): void {
  if (name !== undefined) checks.get(fn)?.(name, pointer, asker)
}

function checkAction(name: string, pointer: string, { names: { flow, actionNames, report } }: Asker): void {
  if (flow.actions.has(name.toLowerCase())) return
  const message = `There is no action ${quoted(name)}.`
  report({ code: 'Definition.UnknownAction', pointer, message, unknown: { name, known: actionNames } })
}

function checkLoop(
  name: string,
  pointer: string,
  type: 'Foreach' | 'Until',
  { names, owners, action }: Asker,
): void {
  const reachable = action === undefined ? owners : [...owners, action]
  const loops = reachable.filter((owner) => owner.type === type)
  if (loops.some((loop) => loop.name.toLowerCase() === name.toLowerCase())) return
  names.report({
    code: 'Definition.UnknownLoop',
    pointer,
    message: `The expression does not stand inside a ${type} named ${quoted(name)}.`,
    unknown: { name, known: () => loops.map((loop) => loop.name) },
  })
}

function checkParameter(name: string, pointer: string, { names }: Asker): void {
  const { flow, parameterNames, report } = names
  if (flow.parameters.has(name.toLowerCase()) || name === '$connections' || name === '$authentication') return
  report({
    code: 'Definition.UnknownParameter',
    // A workflow.json may take its parameters from a parameters.json that is not at hand.
    severity: flow.format === 'workflow.json' ? 'warning' : 'error',
    pointer,
    message: `The parameter ${quoted(name)} is not declared.`,
    unknown: { name, known: parameterNames },
  })
}

function checkVariable(
  name: string,
  pointer: string,
  names: Names,
  action: ActionDefinition | undefined,
): void {
  const { variables, report } = names
  if (variables === undefined) return
  if (!variables.has(name.toLowerCase())) {
    const message = `The variable ${quoted(name)} is not initialized anywhere.`
    report({
      code: 'Definition.UnknownVariable',
      pointer,
      message,
      unknown: { name, known: () => variables.values() },
    })
  } else if (
    action !== undefined &&
    action.type === 'SetVariable' &&
    variableOf(action)?.toLowerCase() === name.toLowerCase()
  ) {
    const message = `${quoted(action.name)} reads the variable ${quoted(name)} that it sets.`
    const hint = 'Put the new value into a Compose action first.'
    report({ code: 'Definition.SelfReference', pointer, message, hint })
  }
}

const variableTypes: ReadonlySet<string> = new Set([
  'SetVariable',
  'IncrementVariable',
  'DecrementVariable',
  'AppendToArrayVariable',
  'AppendToStringVariable',
])

function checkVariableAction(action: ActionDefinition, names: Names): void {
  const name = variableTypes.has(action.type) ? variableOf(action) : undefined
  if (name === undefined || name.includes('@') || isUnresolved(names.flow, name)) return
  checkVariable(name, pointerTo(action.pointer, 'inputs', 'name'), names, undefined)
}

function variableOf(action: ActionDefinition): string | undefined {
  return textMember(action.inputs, 'name')
}

function declaredVariables(flow: Flow, report: Report): Map<string, string> | undefined {
  const declared = new Map<string, string>()
  let isComputed = false
  for (const { action } of walkActions(flow)) {
    if (action.type !== 'InitializeVariable') continue
    const list = member(action.inputs, 'variables')
    for (const [index, variable] of Array.isArray(list) ? list.entries() : members(list)) {
      const name = textMember(variable, 'name')
      if (name === undefined || name.includes('@') || isUnresolved(flow, name)) {
        isComputed = true
        continue
      }
      if (declared.has(name.toLowerCase())) {
        const pointer = pointerTo(action.pointer, 'inputs', 'variables', index, 'name')
        report({
          code: 'Definition.DuplicateVariable',
          pointer,
          message: `The variable ${quoted(name)} is initialized twice.`,
        })
      }
      declared.set(name.toLowerCase(), name)
    }
  }
  return isComputed ? undefined : declared
}
