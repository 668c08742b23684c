import { quoted } from '@flowstead/errors'
import { functions } from '@flowstead/expressions'
import type { Severity } from '../../finding.ts'
import { flowRule, type Report } from '../../rule.ts'
import type { PlacedExpression } from '../../subject/expressions.ts'
import type { Subject } from '../../subject/subject.ts'
import { chainsIn, type Step } from './access-chains.ts'
import { type RootedChain, rootedChains } from './rooted-chains.ts'
import { stepInto } from './schema-step.ts'

const schema = {
  type: 'object',
  properties: { order: { type: 'string' }, remark: { type: 'string' } },
  required: ['order'],
}
const request = { type: 'Request', kind: 'Http', inputs: { schema } }
const show = (inputs: string) => ({ trigger: request, actions: { Show: { type: 'Compose', inputs } } })

/** Rules about keys that are read from values whose shape is told. */
export const schemaRules = [
  flowRule({
    id: 'REF114',
    title: 'What is read from the trigger is in its schema',
    severity: 'warning',
    category: 'references',
    detects:
      'An expression reads a field of the body of a Request trigger that the schema of the trigger does not list.',
    why: 'Callers that follow the schema do not send the field, so the expression gives null.',
    fix: 'Correct the name of the field, or add it to the schema.',
    bad: show("@triggerBody()?['ordre']"),
    good: show("@triggerBody()?['order']"),
    check: checkFields,
  }),
  flowRule({
    id: 'REF115',
    title: 'Keys that may be absent are read with a question mark',
    severity: 'warning',
    category: 'references',
    detects:
      'An expression reads a field without ? that its schema leaves optional, or goes on without ? after a key that was read with it.',
    why: 'When the field is absent, reading it fails with an error instead of giving null.',
    fix: "Write ?['key'] instead of ['key'], and handle null.",
    bad: show("@triggerBody()['remark']"),
    good: show("@triggerBody()['order']"),
    check: checkOptional,
  }),
]

/** Fields that the platform itself adds to the body. */
const added: ReadonlySet<string> = new Set([
  'key-button-date',
  'location',
  'entity',
  'rows',
  'x-ms-apim-tokens',
])
/** Kinds whose callers send more than the schema tells. */
const silentKinds: ReadonlySet<string> = new Set(['PowerApp', 'ApiConnection'])

function checkFields(subject: Subject, report: Report): void {
  const kind = subject.flow.triggers[0]?.kind ?? 'Http'
  if (silentKinds.has(kind)) return
  const severity: Severity = kind === 'Http' ? 'warning' : 'info'
  for (const chain of rootedChains(subject)) {
    const missing = chain.isTrigger ? missingField(chain, kind) : undefined
    if (missing !== undefined)
      report(chain.expression, {
        message: `The schema of the trigger has no field ${quoted(missing)}.`,
        severity,
      })
  }
}

function missingField({ schema: root, steps }: RootedChain, kind: string): string | undefined {
  let current = root
  for (const [depth, { key }] of steps.entries()) {
    const next = stepInto(current, key)
    if (next.kind === 'missing')
      return depth === 0 && added.has(next.key.toLowerCase()) ? undefined : next.key
    // Only callers over HTTP are told by the schema what nested objects look like.
    if (next.kind === 'open' || kind !== 'Http') return undefined
    current = next.schema
  }
  return undefined
}

function checkOptional(subject: Subject, report: Report): void {
  const guarded = guardedKeys(subject)
  const told = new Set<PlacedExpression>()
  for (const { expression, schema: root, steps, isGiven } of rootedChains(subject)) {
    if (isGiven) continue
    const field = optionalField(root, steps)
    if (field === undefined || guarded.has(field.key.toLowerCase())) continue
    told.add(expression)
    const message = `The field ${quoted(field.key)} may be absent and is read without a question mark.`
    report(expression, { message, severity: field.severity })
  }
  for (const expression of subject.expressions) {
    if (told.has(expression)) continue
    const keys = new Set(chainsIn(expression, subject).flatMap(afterOptional))
    for (const [key, next] of [...keys].map((pair) => JSON.parse(pair) as [string, string])) {
      const message = `${quoted(next)} is read without a question mark after ${quoted(key)}, which was read with one.`
      report(expression, { message })
    }
  }
}

function optionalField(
  root: RootedChain['schema'],
  steps: readonly Step[],
): { readonly key: string; readonly severity: Severity } | undefined {
  let current = root
  for (const { key, isOptional } of steps) {
    const next = stepInto(current, key)
    if (next.kind !== 'known') return undefined
    if (!isOptional && typeof key === 'string' && next.need !== 'required')
      return { key, severity: next.need === 'optional' ? 'warning' : 'info' }
    current = next.schema
  }
  return undefined
}

/** Keys that are always there, after which no question mark is needed. */
const steady: ReadonlySet<string> = new Set(['body', 'headers', 'outputs', 'inputs', 'tags', 'run', 'value'])

function afterOptional({ steps }: { readonly steps: readonly Step[] }): string[] {
  for (const [index, { key, isOptional }] of steps.entries()) {
    const next = steps[index + 1]
    if (!isOptional || typeof key !== 'string' || steady.has(key)) continue
    if (next !== undefined && !next.isOptional && typeof next.key === 'string')
      return [JSON.stringify([key, next.key])]
  }
  return []
}

const asking: ReadonlySet<string> = new Set(['if', 'contains', 'empty', 'coalesce', 'equals', 'not'])

/** Keys, in lower case, that some condition looks at before. */
function guardedKeys(subject: Subject): Set<string> {
  const found = new Set<string>()
  for (const expression of subject.expressions) {
    const { calls, pointer } = expression
    const isCondition = pointer.includes('/expression')
    if (!isCondition && !calls.some(({ name }) => asking.has(nameOf(name)))) continue
    for (const { steps } of chainsIn(expression, subject))
      for (const { key, isOptional } of steps)
        if (isOptional && typeof key === 'string') found.add(key.toLowerCase())
    for (const { name, args } of calls) {
      const [, key] = args
      if (nameOf(name) === 'contains' && key?.kind === 'literal' && typeof key.value === 'string')
        found.add(key.value.toLowerCase())
    }
  }
  return found
}

function nameOf(name: string): string {
  return functions.get(name.toLowerCase())?.name ?? name
}
