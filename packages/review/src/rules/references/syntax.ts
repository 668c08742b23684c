import { isFlowsteadError, quoted } from '@flowstead/errors'
import { parseTemplateText } from '@flowstead/expressions'
import { flowRule } from '../../rule.ts'
import type { PlacedExpression } from '../../subject/expressions.ts'
import { lostTypes } from './lost-type.ts'
import { withPlainSpaces } from './no-break-space.ts'

const compose = (inputs: string) => ({ actions: { Show: { type: 'Compose', inputs } } })
const loop = (foreach: string) => ({
  actions: { Each: { type: 'Foreach', foreach, actions: { Show: { type: 'Compose', inputs: '@item()' } } } },
})

/** Rules about how expressions are written. */
export const syntaxRules = [
  flowRule({
    id: 'REF111',
    title: 'Expressions can be read',
    severity: 'error',
    category: 'references',
    detects:
      'An expression does not parse: a bracket or a quote is not closed, a text stands in double quotes, or something follows its end.',
    why: 'The platform refuses to save the flow.',
    fix: 'Correct the expression at the place that is named.',
    bad: compose("@concat('a', 'b'"),
    good: compose("@concat('a', 'b')"),
    check({ problems, expressions }, report) {
      const spaced = new Set(expressions.filter(isOnlySpaced).map(({ pointer }) => pointer))
      for (const { code, pointer, message, hint } of problems)
        if (code === 'Definition.InvalidExpression' && !spaced.has(pointer))
          report({ pointer }, { message, ...(hint === undefined ? {} : { hint }) })
    },
  }),
  flowRule({
    id: 'REF116',
    title: 'White space in expressions is ordinary',
    severity: 'info',
    category: 'references',
    detects: 'A no-break space (U+00A0) stands between the parts of an expression.',
    why: 'It cannot be seen, comes along when text is pasted from a web page, and not every tool reads over it.',
    fix: 'Delete it, and write an ordinary space.',
    bad: compose("@concat('a',\u00a0'b')"),
    good: compose("@concat('a', 'b\u00a0')"),
    check({ expressions }, report) {
      for (const expression of expressions)
        if (isOnlySpaced(expression))
          report(expression, { message: `The expression ${quoted(expression.text)} holds a no-break space.` })
    },
  }),
  flowRule({
    id: 'REF117',
    title: 'Values keep their type',
    severity: 'warning',
    category: 'references',
    detects:
      'A single @{...} stands where the type matters: as the list of a loop or data operation, as a condition, or around a number, list or object that a variable, a Compose or a body should hold.',
    why: 'A single @{...} makes a text of everything: a list of it cannot be gone through, true is no longer a condition.',
    fix: 'Write @ before the expression, without braces.',
    bad: loop('@{triggerBody()}'),
    good: loop('@triggerBody()'),
    check(subject, report) {
      for (const { expression, ...reported } of lostTypes(subject)) report(expression, reported)
    },
  }),
]

/** Whether no-break spaces are all that is wrong with an expression. */
function isOnlySpaced({ template, text }: PlacedExpression): boolean {
  if (template !== undefined || !text.includes('\u00a0')) return false
  try {
    parseTemplateText(withPlainSpaces(text))
    return true
  } catch (error) {
    if (!isFlowsteadError(error)) throw error
    return false
  }
}
