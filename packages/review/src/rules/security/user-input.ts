// What a caller or a form decides: the texts that arrive with a request, from an app, a button or a form. Only direct
// uses count; a value that went through any other function may have been checked or escaped there.
import { memberAt, type TriggerDefinition, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { AccessTree, CallTree, Tree } from '@flowstead/expressions'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'

/** Functions after which a text is still what the user typed. */
const transparent: ReadonlySet<string> = new Set(['string', 'trim', 'tolower', 'toupper', 'coalesce'])

const ofTrigger: ReadonlySet<string> = new Set([
  'triggerbody',
  'triggeroutputs',
  'triggerformdatavalue',
  'triggermultipartbody',
])
const ofAction: ReadonlySet<string> = new Set(['outputs', 'body'])

/** The part of a user's input that a tree passes on unchanged, such as `triggerBody()?['name']`. */
export interface UserInput {
  /** For people: `"name"`, `"Loan number"`, `an answer of the form`, `the whole input`. */
  readonly what: string
  /** Whether only people who are signed in decide it. */
  readonly isSignedIn: boolean
}

/** Finds what users of this flow decide; `undefined` where a tree does more than pass it on. */
export function userInputOf(subject: Subject): (tree: Tree) => UserInput | undefined {
  const trigger = subject.flow.triggers[0]
  const isAsked = trigger !== undefined && isUserTrigger(trigger)
  return function find(tree: Tree): UserInput | undefined {
    const { target, keys } = chainOf(tree)
    if (target === undefined) return undefined
    const name = target.name.toLowerCase()
    if (keys.length === 0 && transparent.has(name))
      return target.args.map((argument) => find(argument)).find((input) => input !== undefined)
    if (ofTrigger.has(name)) return isAsked ? triggerInput(trigger, keys) : undefined
    if (!ofAction.has(name) || keys.length === 0) return undefined
    const [argument] = target.args
    if (argument?.kind !== 'literal') return undefined
    return isFormResponse(subject, String(argument.value))
      ? { what: 'an answer of the form', isSignedIn: false }
      : undefined
  }
}

/** The call a chain of accesses starts from, and its literal keys. */
function chainOf(tree: Tree): { target: CallTree | undefined; keys: readonly (string | number)[] } {
  const keys: (string | number)[] = []
  let target: Tree = tree
  for (; target.kind === 'access'; target = target.target) keys.push(...keyOf(target))
  return { target: target.kind === 'call' ? target : undefined, keys: keys.reverse() }
}

function keyOf({ key }: AccessTree): (string | number)[] {
  return key.kind === 'literal' && (typeof key.value === 'string' || typeof key.value === 'number')
    ? [key.value]
    : []
}

/** Requests, buttons and apps bring what their user typed; other triggers bring what a system recorded. */
function isUserTrigger({ type }: TriggerDefinition): boolean {
  return type === 'Request' || type === 'Manual'
}

/** A text of the request; `undefined` for numbers, dates and ids, as its schema or its name tells. */
function triggerInput(
  { raw, kind }: TriggerDefinition,
  keys: readonly (string | number)[],
): UserInput | undefined {
  const path = keys.flatMap((key) => String(key).split('/')).filter((key) => key !== 'body')
  if (path[0] === 'headers' && /^x-ms-/i.test(path[1] ?? '')) return undefined
  const schema = memberAt(raw, 'inputs', 'schema', ...path.flatMap((key) => ['properties', key]))
  const format = textMember(schema, 'format') ?? ''
  if ((textMember(schema, 'type') ?? 'string') !== 'string' || /^(date|date-time|uuid|time)$/i.test(format))
    return undefined
  const name = textMember(schema, 'title') ?? path.at(-1) ?? ''
  if (/(^|[^a-z])(id|guid)$|(Id|ID|Guid|GUID)$/.test(name)) return undefined
  const isSignedIn = kind !== undefined && kind.toLowerCase() !== 'http'
  return { what: name === '' ? 'the whole input' : quoted(name), isSignedIn }
}

function isFormResponse(subject: Subject, name: string): boolean {
  const action = subject.action(name)
  const call = action === undefined ? undefined : outsideCallOf(subject, action)
  return call?.api === 'shared_microsoftforms' && call.operation !== undefined
}

/** The pieces a text is put together from, in order; `concat` is taken apart. */
export function piecesOf(tree: Tree | string): readonly (string | Tree)[] {
  if (typeof tree === 'string') return [tree]
  if (tree.kind === 'literal') return [String(tree.value)]
  return tree.kind === 'call' && tree.name.toLowerCase() === 'concat' ? tree.args.flatMap(piecesOf) : [tree]
}
