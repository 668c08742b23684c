// The platform hides the inputs of an action that reads a secured output directly. It does not hide what that action
// hands on: the copy in a variable, the outputs of a data operation that others read, the text of a message.
import type { ActionDefinition } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Report } from '../../rule.ts'
import { outsideCallOf } from '../../subject/outside-call.ts'
import type { PlacedReference, Subject } from '../../subject/subject.ts'
import type { Owner } from '../../subject/texts.ts'
import { isSecured } from './secured-data.ts'

const copyingTypes: ReadonlySet<string> = new Set([
  'Compose',
  'ParseJson',
  'Select',
  'Query',
  'Join',
  'Table',
  'InitializeVariable',
  'SetVariable',
  'AppendToArrayVariable',
  'AppendToStringVariable',
])

const contentReaders: ReadonlySet<string> = new Set(['outputs', 'body', 'actionoutputs', 'actionbody'])
const triggerReaders: ReadonlySet<string> = new Set(['triggerbody', 'triggeroutputs'])

/** Reports each action once that passes on a secured output in the open. */
export function checkSecuredFlow(subject: Subject, report: Report): void {
  const told = new Set<Owner>()
  for (const { source, reference } of securedReads(subject)) {
    const reader = reference.expression.placed?.action
    if (reader === undefined || told.has(reader) || isSecured(reader, 'inputs') || readsOnlyStatus(reference))
      continue
    const how = passesOn(subject, reader)
    if (how === undefined) continue
    told.add(reader)
    const message = `${quoted(reader.name)} ${how} the secured output of ${quoted(source.name)} and is not secured itself.`
    report({ name: reader.name, pointer: reference.expression.pointer }, { message })
  }
}

function* securedReads(subject: Subject): Generator<{ source: Owner; reference: PlacedReference }> {
  for (const { action } of subject.actions) {
    if (!isSecured(action, 'outputs')) continue
    for (const reference of subject.readsOf(action.name))
      if (contentReaders.has(reference.fn.toLowerCase())) yield { source: action, reference }
  }
  const trigger = subject.flow.triggers.find((each) => isSecured(each, 'outputs'))
  if (trigger === undefined) return
  for (const expression of subject.expressions)
    for (const reference of expression.references)
      if (triggerReaders.has(reference.fn.toLowerCase()))
        yield { source: trigger, reference: { ...reference, expression } }
}

function readsOnlyStatus({ path }: PlacedReference): boolean {
  return String(path[0] ?? '').toLowerCase() === 'statuscode'
}

function passesOn(subject: Subject, reader: ActionDefinition): string | undefined {
  if (copyingTypes.has(reader.type)) return 'copies'
  const call = outsideCallOf(subject, reader)
  return call?.kind === 'connector' && call.effect === 'send' ? 'sends' : undefined
}
