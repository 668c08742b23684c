/**
 * A template is any JSON with expressions in its strings, keys included. It compiles to one closure; parts
 * without expressions are the same objects in every result, so nobody may change a result in place.
 */
import { quoted } from '@flowstead/errors'
import { asExpressionError, expressionError } from '../errors.ts'
import { maxJsonDepth, maxTextLength } from '../limits.ts'
import { printValue } from '../print-value.ts'
import type { Scope } from '../scope.ts'
import type { Reference } from '../syntax/references.ts'
import { parseTemplateText, type TemplateText } from '../syntax/template-text.ts'
import type { Tree } from '../syntax/tree.ts'
import { isObject, type ObjectValue, setOwn, typeName, type Value } from '../value.ts'
import { compileTree } from './compile-tree.ts'
import type { Evaluate } from './evaluate.ts'
import { type CompileOptions, references } from './expression.ts'

/** A compiled template. */
export interface Template {
  /** Whether every scope gives the same value. */
  readonly isConstant: boolean
  /** @throws FlowsteadError only, with a code of `expressionErrors`. */
  resolve(scope: Scope): Value
  readonly references: readonly Reference[]
}

/**
 * Compiles a template.
 * @throws `Expression.Parse`, `Expression.Limit` unless errors are deferred
 */
export function compileTemplate(json: Value, options: CompileOptions = {}): Template {
  const found: Reference[] = []
  const part = new TemplateCompiler(options, found).part(json, {
    pointer: '',
    path: options.path ?? '',
    depth: 0,
  })
  if (part.kind === 'constant') return { isConstant: true, resolve: () => part.value, references: found }
  const run = runOf(part)
  return {
    isConstant: false,
    references: found,
    resolve(scope) {
      try {
        return run(scope)
      } catch (error) {
        throw asExpressionError(error)
      }
    },
  }
}

type Part =
  | { readonly kind: 'constant'; readonly value: Value }
  | { readonly kind: 'dynamic'; readonly run: Evaluate; readonly path?: string | undefined }

interface Place {
  readonly pointer: string
  readonly path: string
  readonly depth: number
}

class TemplateCompiler {
  private readonly options: CompileOptions
  private readonly found: Reference[]

  constructor(options: CompileOptions, found: Reference[]) {
    this.options = options
    this.found = found
  }

  part(json: Value, place: Place): Part {
    if (typeof json === 'string') return this.text(json, place)
    if (place.depth > maxJsonDepth)
      throw expressionError('Expression.Limit', 'The template nests too deeply.')
    if (Array.isArray(json)) return this.array(json, place)
    return isObject(json) ? this.object(json, place) : { kind: 'constant', value: json }
  }

  private array(json: Value[], place: Place): Part {
    const parts = json.map((item, index) => this.part(item, under(place, String(index))))
    if (parts.every((part) => part.kind === 'constant')) return sharedArray(json, parts)
    const runs = parts.map(runOf)
    return { kind: 'dynamic', run: (scope) => runs.map((run) => run(scope)) }
  }

  private object(json: ObjectValue, place: Place): Part {
    const names = Object.keys(json)
    const keys = names.map((name) => this.text(name, under(place, name)))
    const parts = names.map((name) => this.part(json[name] as Value, under(place, name)))
    if (!keys.every(isConstant)) return dynamicObject(keys.map(runOf), parts.map(runOf))
    const fixed = keys.map((key) => String(key.value))
    if (parts.every(isConstant)) return sharedObject(json, fixed, parts)
    return { kind: 'dynamic', run: fixedObject(fixed, parts) }
  }

  private text(text: string, place: Place): Part {
    if (!text.includes('@')) return { kind: 'constant', value: text }
    const path = place.path === '' ? undefined : place.path
    try {
      return this.compiled(parseTemplateText(text, this.options), place, path)
    } catch (error) {
      const failure = asExpressionError(error, { path })
      if (this.options.onError !== 'defer') throw failure
      return {
        kind: 'dynamic',
        run: () => {
          throw failure
        },
      }
    }
  }

  private compiled(template: TemplateText, place: Place, path: string | undefined): Part {
    if (template.kind === 'text') return { kind: 'constant', value: template.text }
    const run =
      template.kind === 'expression'
        ? this.tree(template.tree, place, 'kept')
        : interpolation(
            template.parts.map((part) => (typeof part === 'string' ? part : this.tree(part, place, 'read'))),
          )
    return { kind: 'dynamic', run, path }
  }

  private tree(tree: Tree, place: Place, use: 'kept' | 'read'): Evaluate {
    this.found.push(...references(tree, place.pointer))
    return compileTree(tree, { bind: this.options.bind }, use)
  }
}

function under(place: Place, key: string): Place {
  const escaped = /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key
  const path = place.path === '' ? key : `${place.path}.${key}`
  return { pointer: `${place.pointer}/${escaped}`, path, depth: place.depth + 1 }
}

function isConstant(part: Part): part is Part & { kind: 'constant' } {
  return part.kind === 'constant'
}

/** The closure of a part; its errors tell where in the user's file it stands. */
function runOf(part: Part): Evaluate {
  if (part.kind === 'constant') {
    const { value } = part
    return () => value
  }
  const { run, path } = part
  if (path === undefined) return run
  return (scope) => {
    try {
      return run(scope)
    } catch (error) {
      throw asExpressionError(error, { path })
    }
  }
}

function sharedArray(json: Value[], parts: readonly Part[]): Part {
  const values = parts.filter(isConstant).map((part) => part.value)
  return { kind: 'constant', value: values.every((value, index) => value === json[index]) ? json : values }
}

/** The object itself, or a copy when an escape in it changed. */
function sharedObject(json: ObjectValue, keys: readonly string[], parts: readonly Part[]): Part {
  const values = parts.filter(isConstant).map((part) => part.value)
  const isSame = keys.every((key, index) => Object.hasOwn(json, key) && json[key] === values[index])
  if (isSame) return { kind: 'constant', value: json }
  const copy: ObjectValue = {}
  for (const [index, key] of keys.entries()) setOwn(copy, key, values[index] as Value)
  return { kind: 'constant', value: copy }
}

interface Member {
  readonly key: string
  readonly run: Evaluate
  readonly path: string | undefined
}

/** An object whose keys are known: a copy of one that holds its constant members, with the others set. */
function fixedObject(keys: readonly string[], parts: readonly Part[]): Evaluate {
  const model: ObjectValue = {}
  const members: Member[] = []
  for (const [index, key] of keys.entries()) {
    const part = parts[index] as Part
    setOwn(model, key, part.kind === 'constant' ? part.value : null)
    if (part.kind === 'dynamic') members.push({ key, run: part.run, path: part.path })
  }
  return (scope) => {
    const object = { ...model }
    let path: string | undefined
    try {
      for (let index = 0; index < members.length; index++) {
        const member = members[index] as Member
        path = member.path
        setOwn(object, member.key, member.run(scope))
      }
      return object
    } catch (error) {
      throw asExpressionError(error, { path })
    }
  }
}

function build(keys: readonly string[], runs: readonly Evaluate[], scope: Scope): ObjectValue {
  const object: ObjectValue = {}
  for (let index = 0; index < keys.length; index++)
    setOwn(object, keys[index] as string, (runs[index] as Evaluate)(scope))
  return object
}

function dynamicObject(keys: readonly Evaluate[], runs: readonly Evaluate[]): Part {
  return {
    kind: 'dynamic',
    run: (scope) =>
      build(
        keys.map((key) => keyText(key(scope))),
        runs,
        scope,
      ),
  }
}

function keyText(key: Value): string {
  if (typeof key === 'string') return key
  throw expressionError(
    'Expression.Type',
    `The name of a property must be a string, not ${quoted(typeName(key))}.`,
  )
}

function interpolation(parts: readonly (string | Evaluate)[]): Evaluate {
  return (scope) => {
    let text = ''
    for (const part of parts) {
      text += typeof part === 'string' ? part : printValue(part(scope))
      if (text.length > maxTextLength)
        throw expressionError('Expression.Limit', 'The text is longer than 104,857,600 characters.')
    }
    return text
  }
}
