// Who uses what, with every doubt counted as a use: computed names, code actions, texts that do not parse.
import { type ActionDefinition, textMember } from '@flowstead/definition'
import { printJson } from '@flowstead/expressions'
import type { Subject } from '../../subject/subject.ts'

const codeTypes: ReadonlySet<string> = new Set(['JavaScriptCode', 'CSharpScriptCode', 'PowerShellCode'])

const contentReaders: ReadonlySet<string> = new Set([
  'outputs',
  'body',
  'actions',
  'actionoutputs',
  'actionbody',
  'formdatavalue',
  'formdatamultivalues',
  'multipartbody',
])

/** Answers whether names are used, for one flow. */
export interface Uses {
  /** Whether the value of a variable may be read. */
  readsVariable(name: string): boolean
  /** Whether the output of an action may be read, also by `result()` of what holds it. */
  readsAction(action: ActionDefinition): boolean
}

/** Characters of code and unreadable expressions above which everything counts as used. */
const maxOpaque = 100_000

/** The uses and the doubts of a flow. */
export function usesOf(subject: Subject): Uses {
  return subject.shared(readUses)
}

function readUses(subject: Subject): Uses {
  const variables = new Set<string>()
  const actions = new Set<string>()
  const scopes = new Set<string>()
  let anyVariable = false
  let anyAction = false
  for (const { fn, name, isComputed } of subject.expressions.flatMap((each) => each.references)) {
    const reader = fn.toLowerCase()
    const names = reader === 'variables' ? variables : reader === 'result' ? scopes : actions
    if (names === actions && !contentReaders.has(reader)) continue
    if (name !== undefined) names.add(name.toLowerCase())
    else if (isComputed && names === variables) anyVariable = true
    else if (isComputed) anyAction = true
  }
  const opaque = opaqueText(subject)
  const isInOpaque = (name: string): boolean =>
    opaque.length > maxOpaque || opaque.includes(name.toLowerCase())
  return {
    readsVariable: (name) => anyVariable || variables.has(name.toLowerCase()) || isInOpaque(name),
    readsAction: (action) =>
      anyAction ||
      actions.has(action.name.toLowerCase()) ||
      [...subject.placed(action).owners, action].some(({ name }) => scopes.has(name.toLowerCase())) ||
      isInOpaque(action.name),
  }
}

/** Texts in which names cannot be told from other words, in lower case. */
function opaqueText({ expressions, actions }: Subject): string {
  const broken = expressions.filter(({ template }) => template === undefined).map(({ text }) => text)
  const code = actions
    .filter(({ action }) => codeTypes.has(action.type))
    .map(({ action }) => printJson(action.inputs ?? null))
  return [...broken, ...code].join('\n').toLowerCase()
}

/** Whether an action writes to a variable whose name is computed. */
export function writesAnyVariable({ actions }: Subject): boolean {
  return actions.some(({ action }) => {
    if (!/^(Set|Increment|Decrement|AppendTo\w+)Variable$/.test(action.type)) return false
    return (textMember(action.inputs, 'name') ?? '@').includes('@')
  })
}
