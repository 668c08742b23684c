import { type ActionDefinition, memberAt, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule } from '../../rule.ts'
import { type Effect, outsideCallOf } from '../../subject/outside-call.ts'
import type { Subject } from '../../subject/subject.ts'
import { writtenRows } from './changed-rows.ts'
import { contentsOf } from './contents.ts'
import { handlingOf } from './handling.ts'

const create = (name: string): object => ({
  type: 'Http',
  inputs: { method: 'POST', uri: `https://example.com/${name}`, body: '@triggerBody()' },
})
const remove = (name: string, after?: string): object => ({
  type: 'Http',
  ...(after === undefined ? {} : { runAfter: { [after]: ['Succeeded', 'Failed'] } }),
  inputs: { method: 'DELETE', uri: `https://example.com/${name}/@{triggerBody()?['id']}` },
})
const after = (name: string, action: object): object => ({ ...action, runAfter: { [name]: ['Succeeded'] } })
const work = {
  type: 'Scope',
  actions: {
    CreateOrder: create('orders'),
    CreateInvoice: after('CreateOrder', create('invoices')),
    Ship: after('CreateInvoice', create('shipments')),
  },
}
const undo = { type: 'Scope', runAfter: { Work: ['Failed', 'TimedOut'] } }

/** What was made before a failure is taken back as a whole. */
export const compensationRules = [
  flowRule({
    id: 'REL216',
    title: 'A handler that takes work back takes all of it back',
    severity: 'warning',
    category: 'reliability',
    detects:
      'What runs when a scope has failed deletes something that the scope creates, and the scope creates something else of a kind that is not deleted there, before other calls that can fail. Handlers that delete nothing are left alone.',
    why: 'After a failure half of the work remains: an invoice without its order.',
    fix: 'Delete this record too, in the order opposite to the one in which they were made.',
    bad: {
      actions: { Work: work, Undo: { ...undo, actions: { DeleteOrder: remove('orders') } } },
    },
    good: {
      actions: {
        Work: work,
        Undo: {
          ...undo,
          actions: { DeleteInvoice: remove('invoices'), DeleteOrder: remove('orders', 'DeleteInvoice') },
        },
      },
    },
    check(subject, report) {
      const contents = contentsOf(subject)
      for (const { scope, failurePath } of handlingOf(subject).tryScopes) {
        const made = contents.inside(scope).map(({ action }) => action)
        const answering = failurePath.flatMap((action) => [
          action,
          ...contents.inside(action).map((placed) => placed.action),
        ])
        const deleted = new Set(kindsOf(subject, answering, 'delete').map(({ kind }) => kind))
        const created = kindsOf(subject, made, 'create')
        if (!created.some(({ kind }) => deleted.has(kind))) continue
        for (const { action, kind } of created)
          if (!deleted.has(kind) && canFailAfter(subject, made, action))
            report(action, {
              message: `When ${quoted(scope.name)} fails, other records are deleted again, but not what ${quoted(action.name)} creates.`,
            })
      }
    },
  }),
]

interface Made {
  readonly action: ActionDefinition
  /** What is created or deleted: a table, or the collection of an address. */
  readonly kind: string
}

function kindsOf(subject: Subject, actions: readonly ActionDefinition[], effect: Effect): Made[] {
  return actions.flatMap((action) => {
    const call = outsideCallOf(subject, action)
    if (call?.effect !== effect) return []
    const kind = writtenRows(subject, action)?.table ?? collection(action)
    return kind === undefined ? [] : [{ action, kind: `${call.api ?? call.kind} ${kind}` }]
  })
}

/** The address of a collection: without the query, and without the key that a DELETE puts behind it. */
function collection({ inputs }: ActionDefinition): string | undefined {
  const address = textMember(inputs, 'uri')?.split('?')[0]
  const isDelete = String(memberAt(inputs, 'method')).toUpperCase() === 'DELETE'
  if (address === undefined) return undefined
  const end = isDelete ? address.indexOf('@{') : address.length
  return end <= 0 ? undefined : address.slice(0, end).replace(/\/+$/, '').toLowerCase()
}

function canFailAfter(
  subject: Subject,
  actions: readonly ActionDefinition[],
  earlier: ActionDefinition,
): boolean {
  return actions.some(
    (action) => outsideCallOf(subject, action) !== undefined && subject.order.precedes(earlier, action),
  )
}
