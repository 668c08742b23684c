import type { ActionDefinition } from '@flowstead/definition'
import { memberAt, members } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { isObject } from '@flowstead/expressions'
import { flowRule, type Report } from '../../rule.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { comparisonsIn, textOfOperand, typeOfOperand } from './comparisons.ts'
import { isFixed, isFixedOperand, isSameOperand } from './fixed.ts'
import { type KnownType, type TypeOf, typeOfValue, typesIn } from './known-type.ts'
import { hasSameBranches } from './same-branches.ts'

const total = { type: 'Compose', inputs: 1 }
const condition = (left: unknown, right: unknown) => ({
  actions: {
    Check: { type: 'If', expression: { and: [{ equals: [left, right] }] }, actions: { Total: total } },
  },
})

/** Rules about conditions. */
export const conditionRules = [
  flowRule({
    id: 'REF118',
    title: 'Conditions depend on something',
    severity: 'warning',
    category: 'references',
    detects:
      'Both sides of a comparison are fixed or the same, a condition is fixed as a whole, both branches of a condition do the same, or a not stands right inside another.',
    why: 'The outcome is the same in every run, so one branch never runs; often a placeholder was left behind.',
    fix: 'Compare with what the condition should depend on, or take away the condition.',
    bad: condition('yes', 'no'),
    good: condition('@triggerBody()', 'no'),
    check: checkConstants,
  }),
  flowRule({
    id: 'REF119',
    title: 'Both sides of a comparison have the same type',
    severity: 'warning',
    category: 'references',
    detects:
      "A comparison or a case of a Switch sets side by side values of different known types: the text 'true' and a boolean, the text '5' and a number.",
    why: 'Values of different types are never equal, and comparing their size fails.',
    fix: 'Convert one side, by int(), bool() or string(), or write the value without quotes.',
    bad: condition('@empty(triggerBody())', 'true'),
    good: condition('@empty(triggerBody())', true),
    check: checkTypes,
  }),
]

function checkConstants(subject: Subject, report: Report): void {
  const { comparisons, doubleNots } = comparisonsIn(subject)
  for (const { fn, left, right, pointer } of comparisons) {
    const what = `${fn} of ${quoted(textOfOperand(left))} and ${quoted(textOfOperand(right))}`
    if (isFixedOperand(left) && isFixedOperand(right))
      report({ pointer }, { message: `The outcome of ${what} is always the same.` })
    else if (isSameOperand(left, right))
      report({ pointer }, { message: `Both sides are the same in ${what}.` })
  }
  for (const { pointer } of doubleNots)
    report({ pointer }, { message: 'One not undoes the other.', hint: 'Remove both.', severity: 'info' })
  for (const { action } of subject.actions) {
    checkWhole(action, subject, report)
    if (action.type === 'If' && hasSameBranches(action))
      report(action, { message: `Both branches of ${quoted(action.name)} do the same.` })
  }
}

/** A condition that compares nothing: `true`, `@false`, `{}`. */
function checkWhole(action: ActionDefinition, subject: Subject, report: Report): void {
  if (action.type !== 'If' && action.type !== 'Until') return
  const value = memberAt(action.raw, 'expression')
  const place = inside(action, 'expression')
  const expression = subject.expressionsOf(action).find(({ pointer }) => pointer === place.pointer)
  const tree = expression?.trees.length === 1 ? expression.trees[0] : undefined
  const isEmpty =
    isObject(value) && members(value).every(([, inner]) => Array.isArray(inner) && inner.length === 0)
  const isLiteral =
    tree?.kind === 'literal' || (tree?.kind === 'call' && tree.args.length === 0 && isFixed(tree))
  if (!isEmpty && !isLiteral && typeof value !== 'boolean') return
  // A loop that only its limit ends may be meant.
  const severity = action.type === 'Until' ? 'info' : 'warning'
  report(place, { message: `The condition of ${quoted(action.name)} is always the same.`, severity })
}

const ordering: ReadonlySet<string> = new Set(['greater', 'greaterOrEquals', 'less', 'lessOrEquals'])

const words: Readonly<Record<KnownType, string>> = {
  null: 'null',
  boolean: 'a boolean',
  string: 'a text',
  number: 'a number',
  array: 'a list',
  object: 'an object',
}

function checkTypes(subject: Subject, report: Report): void {
  const typeOf = typesIn(subject)
  for (const { fn, left, right, pointer } of comparisonsIn(subject).comparisons) {
    if (fn !== 'equals' && !ordering.has(fn)) continue
    // What is always the same is a finding already.
    if (isFixedOperand(left) && isFixedOperand(right)) continue
    const types = [typeOfOperand(left, typeOf), typeOfOperand(right, typeOf)] as const
    if (!areDifferent(...types)) continue
    const [one, other] = types.map((type) => words[type as KnownType])
    const sides = `${quoted(textOfOperand(left))} is ${one}, ${quoted(textOfOperand(right))} is ${other}`
    const outcome = fn === 'equals' ? 'they are never equal' : `${fn}() fails`
    report({ pointer }, { message: `${sides}; ${outcome}.` })
  }
  for (const { action } of subject.actions)
    if (action.type === 'Switch') checkCases(action, subject, typeOf, report)
}

function areDifferent(one: KnownType | undefined, other: KnownType | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other && one !== 'null' && other !== 'null'
}

function checkCases(action: ActionDefinition, subject: Subject, typeOf: TypeOf, report: Report): void {
  const { pointer } = inside(action, 'expression')
  const expression = subject.expressionsOf(action).find((each) => each.pointer === pointer)
  if (expression?.template === undefined || expression.template.kind === 'text') return
  const type = expression.template.kind === 'expression' ? typeOf(expression.template.tree) : 'string'
  for (const [name, raw] of members(memberAt(action.raw, 'cases'))) {
    const value = memberAt(raw, 'case')
    if (value === undefined || (typeof value === 'string' && value.includes('@'))) continue
    const given = typeOfValue(value)
    if (!areDifferent(type, given)) continue
    const message = `The case ${quoted(name)} is ${words[given]}, but ${quoted(expression.text)} is ${words[type as KnownType]}; it is never taken.`
    report(inside(action, 'cases', name, 'case'), { message })
  }
}
