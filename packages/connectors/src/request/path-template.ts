import { quoted } from '@flowstead/errors'
import type { Value } from '@flowstead/expressions'
import { connectorError } from '../codes.ts'
import type { Operation, Parameter } from '../library/operation.ts'
import { pathText } from './serialize.ts'

const variable = /\{([^{}]*)\}/g

export interface FilledPath {
  readonly path: string
  /** Encoded values by name. */
  readonly values: ReadonlyMap<string, string>
}

/**
 * Fills the variables of a path, also inside a segment (`/tasks('{id}')`).
 * @throws `Connector.ParameterMissing`
 */
export function fillPath(operation: Operation, values: ReadonlyMap<Parameter, Value>): FilledPath {
  const used = new Map<string, string>()
  const path = operation.path.replace(variable, (_, name: string) => {
    const text = pathValue(name, values)
    used.set(name, text)
    return text
  })
  return { path, values: used }
}

/** A variable whose parameter is declared elsewhere takes that one's value. */
function pathValue(name: string, values: ReadonlyMap<Parameter, Value>): string {
  const named = [...values].filter(([parameter]) => parameter.name === name)
  const [parameter, value] = named.find(([candidate]) => candidate.in === 'path') ?? named[0] ?? []
  if (parameter === undefined || value === undefined || value === null || value === '') {
    throw connectorError('Connector.ParameterMissing', `The path parameter ${quoted(name)} has no value.`, {
      path: name,
    })
  }
  return pathText(parameter, value)
}

/** The operation whose path template a written path fits; the one with the most fixed text wins. */
export function matchOperation(
  operations: Iterable<Operation>,
  method: string,
  path: string,
): Operation | undefined {
  const plain = path.replace(/[\r\n]/g, '').replace(/\?.*$/, '')
  let best: Operation | undefined
  for (const operation of operations) {
    if (operation.method !== method.toUpperCase() || !fits(operation.path, plain)) continue
    if (best === undefined || fixedLength(operation.path) > fixedLength(best.path)) best = operation
  }
  return best
}

/**
 * Compares piece by piece instead of by a regular expression: definitions come from outside, and a template
 * with many variables would make one that takes for ever.
 */
function fits(template: string, path: string): boolean {
  const pieces = template.split(variable).filter((_, at) => at % 2 === 0)
  const [first = '', ...others] = pieces
  if (others.length === 0) return first.toLowerCase() === path.toLowerCase()
  const lower = path.toLowerCase()
  const last = (others.pop() as string).toLowerCase()
  if (!lower.startsWith(first.toLowerCase()) || !lower.endsWith(last)) return false
  let at = first.length
  for (const piece of others) {
    const found = lower.indexOf(piece.toLowerCase(), at + 1)
    if (found < 0) return false
    at = found + piece.length
  }
  return lower.length - last.length > at
}

function fixedLength(template: string): number {
  return template.replace(variable, '').length
}
