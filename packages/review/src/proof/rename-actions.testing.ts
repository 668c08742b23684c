import type { Flow } from '@flowstead/definition'
import { isFlowsteadError } from '@flowstead/errors'
import { isObject, parseTemplateText, references, renameInTemplate, type Value } from '@flowstead/expressions'
import { mapEntries, mapValues } from './documents.testing.ts'

/** New names of actions by the old ones in lower case. */
export type NewNames = ReadonlyMap<string, string>

/** The names of a flow's actions, each given a new one by its number; names in `kept` stay. */
export function newNames(flow: Flow, kept: ReadonlySet<string>, nameOf: (index: number) => string): NewNames {
  const old = [...flow.actions.keys()]
  return new Map(old.map((name, index) => [name, nameOf(index)] as const).filter(([name]) => !kept.has(name)))
}

/** A definition with its actions renamed wherever it names them: keys, `runAfter`, expressions. */
export function renameActions(value: Value, names: NewNames): Value {
  const renamed = (name: string): string => names.get(name.toLowerCase()) ?? name
  return withBlocks(value)

  function withBlocks(holder: Value): Value {
    return mapEntries(holder, ([key, inner]) => {
      if (key === 'actions')
        return [key, mapEntries(inner, ([name, action]) => [renamed(name), ofAction(action)])]
      if (key === 'else' || key === 'default') return [key, withBlocks(inner)]
      if (key === 'cases' || key === 'tools') return [key, mapValues(inner, withBlocks)]
      return [key, inTexts(inner)]
    })
  }

  function ofAction(action: Value): Value {
    return mapEntries(withBlocks(action), ([key, inner]) =>
      key === 'runAfter'
        ? [key, mapEntries(inner, ([name, statuses]) => [renamed(name), statuses])]
        : [key, inner],
    )
  }

  function inTexts(inner: Value): Value {
    if (typeof inner === 'string') return inText(inner)
    if (Array.isArray(inner)) return inner.map(inTexts)
    return isObject(inner) ? mapEntries(inner, ([key, each]) => [inText(key), inTexts(each)]) : inner
  }

  function inText(text: string): string {
    if (!text.includes('@')) return text
    let result = text
    for (const from of namesIn(text)) {
      const to = names.get(from.toLowerCase())
      if (to !== undefined) result = renameInTemplate(result, { kind: 'action', from, to })
    }
    return result
  }
}

/** Names that the expressions of a text read; none where it cannot be read. */
function namesIn(text: string): ReadonlySet<string> {
  try {
    const template = parseTemplateText(text)
    const trees =
      template.kind === 'text' ? [] : template.kind === 'expression' ? [template.tree] : template.parts
    return new Set(
      trees.flatMap((tree) =>
        typeof tree === 'string' ? [] : references(tree).flatMap(({ name }) => name ?? []),
      ),
    )
  } catch (error) {
    if (!isFlowsteadError(error)) throw error
    return new Set()
  }
}
