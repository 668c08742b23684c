import type { ActionDefinition, TriggerDefinition } from '@flowstead/definition'
import { textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule, type Report } from '../../rule.ts'
import { inside } from '../../subject/place.ts'

const loop = {
  type: 'Foreach',
  foreach: '@triggerBody()',
  actions: { Item: { type: 'Compose', inputs: '@item()' } },
}

/** Rules about options and kinds. */
export const optionRules = [
  flowRule({
    id: 'STR018',
    title: 'Options and kinds are ones that the type knows',
    severity: 'warning',
    category: 'structure',
    detects:
      'A word in operationOptions does not exist or does nothing for this type, or the kind of a Response or of an operation on dates and texts does not exist.',
    why: 'The platform passes over what it does not know, so the setting has no effect.',
    fix: 'Correct the word, or remove it.',
    bad: { actions: { Each: { ...loop, operationOptions: 'Sequentially' } } },
    good: { actions: { Each: { ...loop, operationOptions: 'Sequential' } } },
    check({ flow, actions }, report) {
      for (const trigger of flow.triggers) checkOptions('trigger', trigger, report)
      for (const { action } of actions) {
        checkOptions('action', action, report)
        checkKind(action, report)
      }
    },
  }),
]

interface Option {
  readonly name: string
  readonly of: 'trigger' | 'action'
  /** Types that look at it; absent when most do. */
  readonly types?: readonly string[]
}

const options: readonly Option[] = [
  { name: 'None', of: 'action' },
  { name: 'None', of: 'trigger' },
  { name: 'DisableAsyncPattern', of: 'action' },
  { name: 'DisableAutomaticDecompression', of: 'action' },
  { name: 'SuppressWorkflowHeaders', of: 'action' },
  { name: 'Asynchronous', of: 'action' },
  { name: 'Sequential', of: 'action', types: ['Foreach'] },
  { name: 'FailWhenLimitsReached', of: 'action', types: ['Until'] },
  { name: 'SuppressWorkflowHeaders', of: 'trigger' },
  { name: 'SuppressWorkflowHeadersOnResponse', of: 'trigger' },
  { name: 'DisableAutomaticDecompression', of: 'trigger' },
  { name: 'EnableSchemaValidation', of: 'trigger' },
  { name: 'RequestSchemaValidation', of: 'trigger' },
  { name: 'IncludeAuthorizationHeadersInOutputs', of: 'trigger' },
  { name: 'SingleInstance', of: 'trigger' },
  { name: 'WorkflowRunSingleInstance', of: 'trigger' },
]

const kindsByType: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'Response',
    ['Http', 'PowerApp', 'PowerAppV2', 'PowerPages', 'Skills', 'VirtualAgent', 'Agent', 'EventGrid', 'Teams'],
  ],
  [
    'Expression',
    [
      'AddToTime',
      'ConvertTimeZone',
      'CurrentTime',
      'FormatNumber',
      'GetFutureTime',
      'GetPastTime',
      'IndexOf',
      'Substring',
      'SubtractFromTime',
    ],
  ],
])

function checkOptions(of: Option['of'], owner: ActionDefinition | TriggerDefinition, report: Report): void {
  const written = textMember(owner.raw, 'operationOptions') ?? ''
  if (written.includes('@')) return
  for (const word of written.split(',').map((part) => part.trim())) {
    if (word === '') continue
    const known = options.filter(({ name }) => name.toLowerCase() === word.toLowerCase())
    const place = inside(owner, 'operationOptions')
    if (known.length === 0) report(place, { message: `There is no option ${quoted(word)}.` })
    else if (!known.some((option) => option.of === of && option.types?.includes(owner.type) !== false)) {
      const message = `The option ${quoted(word)} does nothing for ${quoted(owner.name)} of type ${quoted(owner.type)}.`
      report(place, { message, severity: 'info' })
    }
  }
}

function checkKind(action: ActionDefinition, report: Report): void {
  const kinds = kindsByType.get(action.type)
  if (kinds === undefined || action.kind === undefined || kinds.includes(action.kind)) return
  const message = `${quoted(action.kind)} is no kind of ${quoted(action.type)}.`
  report(inside(action, 'kind'), { message, hint: `Write one of ${kinds.join(', ')}.` })
}
