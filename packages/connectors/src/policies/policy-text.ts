import type { Value } from '@flowstead/expressions'
import { member } from '../library/json.ts'

/** What expressions of policies can read; a missing thing is `undefined`. */
export interface PolicyScope {
  connectionParameter(name: string): string | undefined
  query(name: string): string | undefined
  header(name: string): string | undefined
  body(): Value | undefined
  readonly originalMethod: string
  /** The element at hand, for policies that go over an array. */
  item?(): Value | undefined
}

/** A text with what was missing in it. */
export interface PolicyText {
  readonly text: string
  /** Names without value and default, in order. */
  readonly missing: readonly string[]
}

/** `@fn('name'[, 'default'])`, `@body()…`, `@item()…`, `@Request.OriginalHTTPMethod`; names in any case. */
const call =
  /\{?@(?:(connectionParameters|queryPara?m?e?ters|queryParamters|headers?)\(\s*'([^']*)'\s*(?:,\s*'([^']*)'\s*)?\)|(body|item)\(\)((?:\.[A-Za-z_$][\w$-]*|\['[^']*'\])*)|(Request\.OriginalHTTPMethod))\}?/gi

/** Evaluates every expression in a text; other text after `@` is literal. */
export function policyText(template: string, scope: PolicyScope): PolicyText {
  const missing: string[] = []
  const text = template.replace(call, (whole, ...groups: (string | undefined)[]) => {
    const found = lookUp(groups, scope)
    if (found === undefined) missing.push(groups[1] ?? whole)
    return unbrace(whole, found === undefined ? '' : textOf(found))
  })
  return { text, missing }
}

/** The value of a text that is one expression and nothing else, with its JSON type. */
export function policyValue(
  template: string,
  scope: PolicyScope,
): { readonly value: Value | undefined } | undefined {
  const match = new RegExp(`^(?:${call.source})$`, 'i').exec(template.trim())
  return match === null ? undefined : { value: lookUp(match.slice(1), scope) }
}

function lookUp(groups: readonly (string | undefined)[], scope: PolicyScope): Value | undefined {
  const [fn, name = '', fallback, source, path = ''] = groups
  if (fn !== undefined) return named(fn.toLowerCase(), name, scope) ?? fallback
  if (source !== undefined)
    return follow(source.toLowerCase() === 'body' ? scope.body() : scope.item?.(), path)
  return scope.originalMethod
}

function named(fn: string, name: string, scope: PolicyScope): string | undefined {
  if (fn === 'connectionparameters') return scope.connectionParameter(name)
  return fn.startsWith('header') ? scope.header(name) : scope.query(name)
}

/** Goes down `.a.b` and `['c']`. */
export function follow(value: Value | undefined, path: string): Value | undefined {
  return pathKeys(path).reduce<Value | undefined>((place, key) => member(place, key), value)
}

/** The keys of `.a.b['c']`. */
export function pathKeys(path: string): readonly string[] {
  return [...path.matchAll(/\.([A-Za-z_$][\w$-]*)|\['([^']*)'\]/g)].map(
    ([, dotted, quoted]) => dotted ?? quoted ?? '',
  )
}

/** `{@…}` marks an expression inside text; a brace on one side only belongs to the text. */
function unbrace(whole: string, text: string): string {
  const [opens, closes] = [whole.startsWith('{'), whole.endsWith('}')]
  if (opens && closes) return text
  return `${opens ? '{' : ''}${text}${closes ? '}' : ''}`
}

function textOf(value: Value): string {
  if (typeof value === 'string') return value
  return value === null ? '' : JSON.stringify(value)
}
