// An example of a rule as people read it: only the parts that the example gives, in as few lines as fit.
import type { ExampleFlow } from '../rules/example-flow.ts'

const width = 110
const longest = 40

/** An example as Markdown: its flow, what is known of its connectors, and the files beside it. */
export function exampleMarkdown(example: ExampleFlow): string {
  const { name, text, connectors, files } = example
  const flow = text ?? printCompact(partsOf(example))
  return [
    ...(name === undefined ? [] : [`The flow is called \`${name}\`.`]),
    fenced('json', flow),
    ...(connectors === undefined ? [] : ['Its connectors:', fenced('json', printCompact(connectors))]),
    ...Object.entries(files ?? {}).flatMap(([path, content]) => [
      `Beside it \`${path}\`:`,
      fenced(
        /\.([a-z]+)$/.exec(path)?.[1] ?? '',
        content.startsWith('{') ? reprinted(content) : content.replaceAll('><', '>\n<'),
      ),
    ]),
  ].join('\n\n')
}

/** What the example says; schema, version and the usual trigger are the same everywhere. */
function partsOf({ trigger, triggers, actions, ...rest }: ExampleFlow): object {
  const { parameters, staticResults, outputs, description, connectionReferences } = rest
  const started = triggers ?? (trigger === undefined ? undefined : { manual: trigger })
  const parts = {
    description,
    parameters,
    triggers: started,
    actions,
    outputs,
    staticResults,
    connectionReferences,
  }
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined))
}

function reprinted(json: string): string {
  const { $schema: _schema, contentVersion: _version, ...rest } = JSON.parse(json) as Record<string, unknown>
  return printCompact(rest)
}

/** Four backticks, so that an example may hold three. */
function fenced(language: string, text: string): string {
  const lines = text.trimEnd().split('\n')
  const rest = lines.length - longest
  // A few lines too many are better shown than counted.
  const shown = rest > 5 ? [...lines.slice(0, longest), `… and ${rest} more lines`] : lines
  return `\`\`\`\`${language}\n${shown.join('\n')}\n\`\`\`\``
}

/** JSON whose lists and objects stand in one line where they fit. */
export function printCompact(value: unknown, indent = '', before = 0): string {
  const line = oneLine(value)
  if (indent.length + before + line.length <= width || typeof value !== 'object' || value === null)
    return line
  const deeper = `${indent}  `
  const inner = Array.isArray(value)
    ? value.map((each) => deeper + printCompact(each, deeper))
    : Object.entries(value)
        .filter(([, each]) => each !== undefined)
        .map(([key, each]) => {
          const label = `${JSON.stringify(key)}: `
          return deeper + label + printCompact(each, deeper, label.length)
        })
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return inner.length === 0 ? `${open}${close}` : `${open}\n${inner.join(',\n')}\n${indent}${close}`
}

function oneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  const members = Object.entries(value).filter(([, each]) => each !== undefined)
  if (members.length === 0) return '{}'
  return `{ ${members.map(([key, each]) => `${JSON.stringify(key)}: ${oneLine(each)}`).join(', ')} }`
}
