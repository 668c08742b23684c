import type { Flow } from '@flowstead/definition'
import {
  compileTemplate,
  isObject,
  type ObjectValue,
  type Reference,
  type Value,
} from '@flowstead/expressions'

/** Answers made up from what a flow's own expressions look for, so that runs get far. */
export interface MadeUp {
  /** Outputs of the trigger. */
  readonly trigger: Value
  /** Values of the parameters that have no default. */
  readonly parameters: ObjectValue
  /** Body of an action by its name. */
  body(name: string): Value
}

/** Reads a definition's references and makes bodies that have what they ask for. */
export function madeUpFor(flow: Flow): MadeUp {
  const { references } = compileTemplate(flow.definition, { onError: 'defer' })
  const element = grown(
    { id: '7', name: 'Ada' },
    references.filter(({ fn }) => fn === 'items' || fn === 'item'),
  )
  const outputsOf = (wanted: readonly Reference[]) => {
    const outputs = grown({ headers: {}, body: { value: [] } }, wanted)
    return isObject(outputs.body) ? { ...outputs, body: withElements(outputs.body, element) } : outputs
  }
  const trigger = outputsOf(references.filter(({ fn }) => fn.startsWith('trigger')))
  if (isObject(trigger.headers)) trigger.headers['X-MS-APIM-Tokens'] = tokens
  return {
    trigger,
    parameters: Object.fromEntries(
      [...flow.parameters.values()]
        .filter((each) => each.defaultValue === undefined)
        .map(({ name }) => [name, '7']),
    ),
    body: (name) =>
      outputsOf(references.filter((each) => each.name?.toLowerCase() === name.toLowerCase())).body ?? null,
  }
}

/** The header with which apps hand over their connections. */
const tokens = Buffer.from(JSON.stringify({ $connections: {}, $ConnectionKey: 'key' })).toString('base64')

/** The object with every path that is read. */
function grown(start: ObjectValue, wanted: readonly Reference[]): ObjectValue {
  const made = structuredClone(start)
  for (const { fn, path } of wanted) {
    const steps = path.flatMap((step) => String(step).split('/'))
    const isBody = fn === 'body' || fn === 'triggerBody'
    grow(made, isBody ? ['body', ...steps] : steps[0] === 'outputs' ? steps.slice(1) : steps)
  }
  return made
}

function grow(object: ObjectValue, [step, ...rest]: readonly string[]): void {
  if (step === undefined || step === '__proto__' || /^\d+$/.test(step)) return
  const known = object[step]
  if (rest.length === 0) {
    if (known === undefined) object[step] = '7'
    return
  }
  if (!isObject(known)) object[step] = {}
  grow(object[step] as ObjectValue, rest)
}

/** Names that hold lists in nearly every answer. */
function withElements(body: ObjectValue, element: Value): ObjectValue {
  for (const key of Object.keys(body))
    if (/^(value|rows|items|results?)$/i.test(key)) body[key] = [element, element]
  return body
}
