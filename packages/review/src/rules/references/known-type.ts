import { functions, isNumber, type Tree, type Value } from '@flowstead/expressions'
import type { Subject } from '../../subject/subject.ts'

/** The type of a value as far as conditions tell them apart. */
export type KnownType = 'null' | 'boolean' | 'string' | 'number' | 'array' | 'object'

const names: ReadonlyMap<string, KnownType> = new Map([
  ['null', 'null'],
  ['boolean', 'boolean'],
  ['bool', 'boolean'],
  ['string', 'string'],
  ['securestring', 'string'],
  ['integer', 'number'],
  ['int', 'number'],
  ['float', 'number'],
  ['decimal', 'number'],
  ['number', 'number'],
  ['array', 'array'],
  ['object', 'object'],
  ['secureobject', 'object'],
])

/** What an expression gives whatever the run holds; `undefined` when that is not known. */
export type TypeOf = (tree: Tree) => KnownType | undefined

/** Tells the types of expressions of a flow, by its variables and parameters and by the functions they call. */
export function typesIn(subject: Subject): TypeOf {
  return subject.shared(readTypes)
}

function readTypes({ variables, flow }: Subject): TypeOf {
  const declared = new Map<string, KnownType | undefined>()
  for (const { variable, type } of variables) {
    const name = variable.toLowerCase()
    // A variable that is initialized twice may have either type.
    declared.set(name, declared.has(name) ? undefined : names.get(type.toLowerCase()))
  }
  return (tree) => {
    if (tree.kind === 'literal') return typeOfValue(tree.value)
    if (tree.kind === 'access') return undefined
    const row = functions.get(tree.name.toLowerCase())
    const [first] = tree.args
    const name = first?.kind === 'literal' && typeof first.value === 'string' ? first.value.toLowerCase() : ''
    if (row?.name === 'variables') return declared.get(name)
    if (row?.name === 'parameters') return names.get(flow.parameters.get(name)?.type ?? '')
    return row === undefined || row.category === 'workflow' ? undefined : names.get(row.result)
  }
}

/** The type of a value. */
export function typeOfValue(value: Value): KnownType {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'string') return 'string'
  if (isNumber(value)) return 'number'
  return Array.isArray(value) ? 'array' : 'object'
}
