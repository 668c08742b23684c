import { FlowsteadError, quoted } from '@flowstead/errors'
import { isObject, typeName, type Value } from '@flowstead/expressions'
import { codes } from '../codes.ts'
import type { ActionHandler, Compile, Resolvable } from '../handler.ts'
import { member } from '../member.ts'
import { containerOutcome, failed } from '../outcome.ts'

/** Runs one of two branches and skips the other. */
export const condition: ActionHandler<Resolvable> = {
  compile: ({ raw }, compile) => compileCondition(member(raw, 'expression'), compile),
  start(action, run) {
    const result = run.resolve(action.templates)
    if (typeof result !== 'boolean') {
      return failed(
        'ExpressionEvaluationFailed',
        `The condition gave a value of type '${typeName(result)}', not a boolean.`,
      )
    }
    run.recordInputs({ expressionResult: result })
    const taken = result ? 'actions' : 'else'
    for (const block of action.blocks) {
      if (block.key === taken) run.openBlock(block)
      else run.skipBlock(block)
    }
    return undefined
  },
  blockEnded: (_action, _run, { status }) => containerOutcome(status),
}

const always: Resolvable = { resolve: () => true }

/**
 * A condition as text or as a tree of functions: `{"and": [{"equals": ["@a", 1]}]}`. The tree becomes one
 * expression over its operands, so that its functions behave as they do everywhere.
 */
export function compileCondition(expression: Value | undefined, compile: Compile): Resolvable {
  if (!isObject(expression)) return compile.template(expression ?? null)
  if (Object.keys(expression).length === 0) return always
  const operands: Resolvable[] = []
  const text = functionText(expression, { compile, operands })
  return compile.expression(text, operands)
}

interface Tree {
  readonly compile: Compile
  readonly operands: Resolvable[]
}

function functionText(call: { [key: string]: Value }, tree: Tree): string {
  const [entry, ...others] = Object.entries(call)
  if (entry === undefined || others.length > 0) throw refused('one function', call)
  const [name, written] = entry
  if (!/^[a-z][a-z0-9]*$/i.test(name)) throw refused('the name of a function', name)
  const args = (Array.isArray(written) ? written : [written]).map((argument) => operandText(argument, tree))
  const fn = name.toLowerCase()
  if (fn === 'and' || fn === 'or') return junction(fn, args)
  return `${name}(${args.join(',')})`
}

/** `and` of nothing holds, `or` of nothing does not; of one thing both are that thing. */
function junction(fn: 'and' | 'or', args: readonly string[]): string {
  const neutral = fn === 'and' ? 'true' : 'false'
  if (args.length === 0) return neutral
  return args.length === 1 ? `${fn}(${args[0]},${neutral})` : `${fn}(${args.join(',')})`
}

function operandText(argument: Value, tree: Tree): string {
  if (Array.isArray(argument)) throw refused('an operand', argument)
  if (isObject(argument)) return functionText(argument, tree)
  tree.operands.push(tree.compile.template(argument))
  return `parameters('${tree.operands.length - 1}')`
}

function refused(wanted: string, found: Value): FlowsteadError {
  return new FlowsteadError(codes.invalidAction, `A condition expects ${wanted}, not ${quoted(found)}.`)
}
