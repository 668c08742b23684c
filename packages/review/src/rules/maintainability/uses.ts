// Who uses what, with every doubt counted as a use: computed names, code actions, texts that do not parse.
import { type ActionDefinition, textMember } from '@flowstead/definition'
import type { Subject } from '../../subject/subject.ts'

const codeTypes: ReadonlySet<string> = new Set(['JavaScriptCode', 'CSharpScriptCode', 'PowerShellCode'])

const contentReaders: ReadonlySet<string> = new Set([
  'outputs',
  'body',
  'actions',
  'actionoutputs',
  'actionbody',
  'result',
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

/** Reads the doubts of a flow once. */
export function usesOf(subject: Subject): Uses {
  const references = subject.expressions.flatMap((each) => each.references)
  const readsAnyVariable = references.some(
    ({ fn, isComputed }) => isComputed && fn.toLowerCase() === 'variables',
  )
  const readsAnyAction = references.some(
    ({ fn, isComputed }) => isComputed && contentReaders.has(fn.toLowerCase()),
  )
  const opaque = [
    ...subject.expressions.filter(({ template }) => template === undefined).map(({ text }) => text),
    ...subject.actions.flatMap(({ action }) =>
      codeTypes.has(action.type) ? [JSON.stringify(action.inputs ?? null)] : [],
    ),
  ].map((text) => text.toLowerCase())
  const isInOpaque = (name: string): boolean => opaque.some((text) => text.includes(name.toLowerCase()))
  const reads = (name: string, isRead: (fn: string) => boolean): boolean =>
    subject.readsOf(name).some(({ fn }) => isRead(fn.toLowerCase()))
  return {
    readsVariable: (name) => readsAnyVariable || isInOpaque(name) || reads(name, (fn) => fn === 'variables'),
    readsAction(action) {
      if (readsAnyAction || isInOpaque(action.name)) return true
      if (reads(action.name, (fn) => contentReaders.has(fn))) return true
      return subject.placed(action).owners.some(({ name }) => reads(name, (fn) => fn === 'result'))
    },
  }
}

/** Whether an action writes to a variable whose name is computed. */
export function writesAnyVariable({ actions }: Subject): boolean {
  return actions.some(({ action }) => {
    if (!/^(Set|Increment|Decrement|AppendTo\w+)Variable$/.test(action.type)) return false
    return (textMember(action.inputs, 'name') ?? '@').includes('@')
  })
}
