import { type ActionDefinition, member, members, pointerTo } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { isNumber, type Value } from '@flowstead/expressions'
import type { Report, Settings } from '../../rule.ts'
import type { PlacedExpression } from '../../subject/expressions.ts'
import type { Subject } from '../../subject/subject.ts'

/** Comparisons by size; what is equal to a number is usually a code that somebody else has chosen. */
const bySize: ReadonlySet<string> = new Set(['greater', 'greaterorequals', 'less', 'lessorequals'])

/** Reports each distinct number once for a flow, those of one text together. */
export function checkMagicNumbers(
  subject: Subject,
  report: Report,
  { usual }: Settings & { readonly usual: readonly string[] },
): void {
  const told = new Set<string>(usual)
  const places = new Map<string, { readonly name: string | undefined; readonly numbers: string[] }>()
  const conditions = subject.actions.flatMap(({ action }) => [...comparedNumbers(action)])
  for (const { name, pointer, number } of [...subject.expressions.flatMap(typedNumbers), ...conditions]) {
    if (told.has(number)) continue
    told.add(number)
    const place = places.get(pointer) ?? { name, numbers: [] }
    place.numbers.push(number)
    places.set(pointer, place)
  }
  for (const [pointer, { name, numbers }] of places) {
    const who = name === undefined ? 'The outputs of the flow compare' : `${quoted(name)} compares`
    const message = `${who} with the typed number${numbers.length === 1 ? '' : 's'} ${numbers.join(', ')}.`
    report({ ...(name === undefined ? {} : { name }), pointer }, { message })
  }
}

interface ComparedNumber {
  readonly name: string | undefined
  readonly pointer: string
  readonly number: string
}

/** Numbers in calls: `greater(length(body('List')), 37)`. */
function typedNumbers({ calls, owner, pointer }: PlacedExpression): ComparedNumber[] {
  return calls
    .filter(({ name }) => bySize.has(name.toLowerCase()))
    .flatMap(({ args }) => args)
    .flatMap((each) =>
      each.kind === 'literal' && typeof each.value === 'number'
        ? [{ name: owner?.name, pointer, number: String(each.value) }]
        : [],
    )
}

/** Numbers in conditions that are written as objects: `{"greater": ["@…", 37]}`. */
function comparedNumbers({ name, type, raw, pointer }: ActionDefinition): ComparedNumber[] {
  const found: ComparedNumber[] = []
  const visit = (value: Value, at: string, isCompared: boolean): void => {
    if (isCompared && isNumber(value)) found.push({ name, pointer: at, number: String(value) })
    else if (Array.isArray(value)) {
      for (const [index, each] of value.entries()) visit(each, pointerTo(at, index), isCompared)
    } else {
      for (const [key, each] of members(value)) visit(each, pointerTo(at, key), bySize.has(key.toLowerCase()))
    }
  }
  const expression = type === 'If' ? member(raw, 'expression') : undefined
  if (expression !== undefined) visit(expression, pointerTo(pointer, 'expression'), false)
  return found
}
