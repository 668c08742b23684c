// The part of the deployment template language that needs nothing but the template: literals, member access,
// parameters with a default, variables, and a few functions on text. Everything else resolves to `undefined`.
import type { ObjectValue, Value } from '@flowstead/expressions'
import { member, objectMember } from '../json/member.ts'

/** What a template expression can see. */
export interface TemplateScope {
  readonly parameters: ObjectValue
  readonly variables: ObjectValue
}

const maxDepth = 40

/** The value of a string of a template: itself, unescaped, or computed; `undefined` when that needs a deployment. */
export function resolveTemplateText(text: string, scope: TemplateScope, depth = 0): Value | undefined {
  if (!text.startsWith('[') || !text.endsWith(']')) return text
  if (text.startsWith('[[')) return text.slice(1)
  if (depth > maxDepth) return undefined
  return new Reader(text.slice(1, -1), scope, depth).read()
}

const tokenPattern = /\s*(?:'((?:[^']|'')*)'|(-?\d+)|([a-z_]\w*)|([()[\].,]))/iy

type Token = { readonly kind: 'text' | 'number' | 'name' | 'mark'; readonly text: string }

class Reader {
  readonly #tokens: readonly Token[]
  readonly #scope: TemplateScope
  readonly #depth: number
  #at = 0

  constructor(source: string, scope: TemplateScope, depth: number) {
    this.#tokens = tokensOf(source)
    this.#scope = scope
    this.#depth = depth
  }

  read(): Value | undefined {
    const value = this.#value(0)
    return this.#at === this.#tokens.length ? value : undefined
  }

  #value(depth: number): Value | undefined {
    if (depth > maxDepth) return undefined
    const token = this.#tokens[this.#at++]
    if (token === undefined || token.kind === 'mark') return undefined
    if (token.kind === 'text') return token.text
    if (token.kind === 'number') return Number(token.text)
    const args = this.#arguments(depth)
    return args === undefined ? undefined : this.#members(this.#call(token.text.toLowerCase(), args), depth)
  }

  /** `undefined` when the call is malformed; an argument that cannot be known is `undefined` inside. */
  #arguments(depth: number): (Value | undefined)[] | undefined {
    const args: (Value | undefined)[] = []
    if (!this.#takes('(')) return undefined
    if (this.#takes(')')) return args
    do args.push(this.#value(depth + 1))
    while (this.#takes(','))
    return this.#takes(')') ? args : undefined
  }

  #members(start: Value | undefined, depth: number): Value | undefined {
    let value = start
    for (;;) {
      if (this.#takes('.')) value = member(value, this.#tokens[this.#at++]?.text ?? '')
      else if (this.#takes('[')) {
        const key = this.#value(depth + 1)
        value = Array.isArray(value) && typeof key === 'number' ? value[key] : member(value, String(key))
        if (!this.#takes(']')) return undefined
      } else return value
    }
  }

  #takes(mark: string): boolean {
    const token = this.#tokens[this.#at]
    if (token?.kind !== 'mark' || token.text !== mark) return false
    this.#at += 1
    return true
  }

  #call(name: string, args: readonly (Value | undefined)[]): Value | undefined {
    const [first] = args
    if (first === undefined || args.includes(undefined)) return undefined
    if (name === 'parameters')
      return this.#resolved(member(objectMember(this.#scope.parameters, String(first)), 'defaultValue'))
    if (name === 'variables') return this.#resolved(member(this.#scope.variables, String(first)))
    return args.every(isScalar) ? textFunctions.get(name)?.(args.map(String)) : undefined
  }

  #resolved(value: Value | undefined): Value | undefined {
    return typeof value === 'string' ? resolveTemplateText(value, this.#scope, this.#depth + 1) : value
  }
}

const textFunctions: ReadonlyMap<string, (args: readonly string[]) => string> = new Map([
  ['concat', (args) => args.join('')],
  ['string', (args) => args.join('')],
  ['tolower', ([text = '']) => text.toLowerCase()],
  ['toupper', ([text = '']) => text.toUpperCase()],
])

function isScalar(value: Value | undefined): boolean {
  return typeof value === 'string' || typeof value === 'number'
}

/** Empty, which resolves to `undefined`, when the source has anything else in it. */
function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  const pattern = new RegExp(tokenPattern)
  while (pattern.lastIndex < source.trimEnd().length) {
    const found = pattern.exec(source)
    if (found === null) return []
    const [, text, number, name, mark] = found
    if (text !== undefined) tokens.push({ kind: 'text', text: text.replaceAll("''", "'") })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (name !== undefined) tokens.push({ kind: 'name', text: name })
    else tokens.push({ kind: 'mark', text: mark as string })
  }
  return tokens
}
