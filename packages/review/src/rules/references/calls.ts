import { quoted } from '@flowstead/errors'
import { checkCall, type ExpressionProblem, functions } from '@flowstead/expressions'
import { flowRule, type Report } from '../../rule.ts'
import type { PlacedExpression } from '../../subject/expressions.ts'
import type { Subject } from '../../subject/subject.ts'

const compose = (inputs: string) => ({ actions: { Show: { type: 'Compose', inputs } } })

/** Rules about calls of functions. */
export const callRules = [
  flowRule({
    id: 'REF109',
    title: 'Expressions call functions that exist',
    severity: 'error',
    category: 'references',
    detects: 'An expression calls a function that the language does not have.',
    why: 'The platform refuses to save the flow, or the action fails when it is reached.',
    fix: 'Correct the name of the function.',
    bad: compose("@concatenate('a', 'b')"),
    good: compose("@concat('a', 'b')"),
    check: checkFunctions,
  }),
  flowRule({
    id: 'REF110',
    title: 'Functions are spelled as in the documentation',
    severity: 'info',
    category: 'references',
    detects: 'The name of a function is written with other upper and lower case than in its documentation.',
    why: 'It works, but it is harder to read and to search for.',
    fix: 'Write the name as the documentation does.',
    bad: compose("@tolower('A')"),
    good: compose("@toLower('A')"),
    check: checkCase,
  }),
  flowRule({
    id: 'REF112',
    title: 'Functions get the arguments they take',
    severity: 'error',
    category: 'references',
    detects:
      'A function gets too few or too many arguments, or a fixed value or the result of another function of a type that it does not take.',
    why: 'The expression fails whenever it is evaluated.',
    fix: 'Give the function the arguments of its documentation.',
    bad: compose("@replace('a-b', '-')"),
    good: compose("@replace('a-b', '-', ' ')"),
    check: checkArguments,
  }),
  flowRule({
    id: 'REF121',
    title: 'Functions for webhooks and tracking stand where they have a meaning',
    severity: 'warning',
    category: 'references',
    detects:
      'A call of listCallbackUrl() stands outside a webhook, or action() outside tracked properties, the condition of an Until and webhooks.',
    why: 'There is no URL or record to give there; the platform refuses it or the action fails.',
    fix: 'Use actions() with the name of an action, or move the call into a webhook.',
    bad: {
      actions: {
        Call: {
          type: 'Http',
          inputs: { method: 'POST', uri: 'https://example.com', body: '@listCallbackUrl()' },
        },
      },
    },
    good: {
      actions: {
        Call: {
          type: 'HttpWebhook',
          inputs: { subscribe: { method: 'POST', uri: 'https://example.com', body: '@listCallbackUrl()' } },
        },
      },
    },
    check({ expressions }, report) {
      for (const expression of expressions)
        for (const { fn } of expression.references)
          if (isStray(fn, expression)) report(expression, { message: `${fn}() has no meaning here.` })
    },
  }),
]

/** Functions of the platform that only have a meaning while an agent or an old designer is at work. */
const furtherFunctions: ReadonlySet<string> = new Set([
  'actionbody',
  'actionoutputs',
  'agentparameters',
  'assistantmessage',
  'channeltriggerbody',
])

interface CallProblem extends ExpressionProblem {
  readonly expression: PlacedExpression
}

function readCallProblems({ expressions }: Subject): CallProblem[] {
  return expressions.flatMap((expression) =>
    expression.calls.flatMap(checkCall).map((problem) => ({ ...problem, expression })),
  )
}

function checkFunctions(subject: Subject, report: Report): void {
  for (const { expression, code, message, hint, start, end } of subject.shared(readCallProblems)) {
    if (code !== 'Expression.UnknownFunction') continue
    if (furtherFunctions.has(expression.text.slice(start, end).toLowerCase())) continue
    // A function of the deployment may have come into the flow.
    const severity = subject.flow.format === 'arm-template' ? 'warning' : 'error'
    report(expression, { message, severity, ...(hint === undefined ? {} : { hint }) })
  }
}

function checkArguments(subject: Subject, report: Report): void {
  for (const { expression, code, message, hint, start, end } of subject.shared(readCallProblems)) {
    if (code === 'Expression.UnknownFunction') continue
    // The documentation asks for a value, but createArray() gives an empty list on the platform.
    if (expression.text.slice(start, end).toLowerCase() === 'createarray') continue
    report(expression, { message, ...(hint === undefined ? {} : { hint }) })
  }
}

/** One finding for each spelling: the first place stands for all. */
function checkCase(subject: Subject, report: Report): void {
  const found = new Map<
    string,
    { readonly expression: PlacedExpression; readonly name: string; times: number }
  >()
  for (const expression of subject.expressions) {
    for (const { name } of expression.calls) {
      const row = functions.get(name.toLowerCase())
      if (row === undefined || row.name === name || designerSpellings.has(name)) continue
      const known = found.get(name)
      if (known === undefined) found.set(name, { expression, name: row.name, times: 1 })
      else known.times += 1
    }
  }
  for (const [written, { expression, name, times }] of found) {
    const often = times === 1 ? '' : `, here and in ${times - 1} more call${times === 2 ? '' : 's'}`
    report(expression, { message: `The function ${quoted(name)} is written ${quoted(written)}${often}.` })
  }
}

/** Spellings that the designer itself writes. */
const designerSpellings: ReadonlySet<string> = new Set(['encodeURIComponent', 'utcnow'])

function isStray(fn: string, { owner, placed, pointer }: PlacedExpression): boolean {
  if (fn !== 'listCallbackUrl' && fn !== 'action') return false
  if (owner === undefined) return true
  if (owner.type.endsWith('Webhook') || owner.type.endsWith('Notification')) return false
  if (fn === 'listCallbackUrl') return true
  const isOwn = placed?.action.type === 'Until'
  return !isOwn && !pointer.startsWith(`${owner.pointer}/trackedProperties`)
}
