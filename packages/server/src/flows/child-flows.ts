import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'
import type { CallOutcome } from '@flowstead/machine'
import type { CallContext, ChildFlows, Clock, StartRequest } from '@flowstead/runner'
import { isoTime } from '../runs/run-record.ts'
import type { FlowBook } from './flow-book.ts'

/**
 * Finds the flow that a Workflow action calls: by the GUID of Power Automate (`workflowReferenceName`), or by the
 * last part of a Logic Apps id. It has to be on, start with a Request trigger and contain a Response.
 */
export function createChildFlows(book: FlowBook, clock: Clock, callbackBase: () => string): ChildFlows {
  return {
    startOf(inputs: ObjectValue, parent: CallContext): StartRequest | CallOutcome {
      const name = childName(inputs)
      const booked = name === undefined ? undefined : findFlow(book, name)
      if (!booked) return failure('WorkflowNotFound', `There is no flow "${name ?? ''}" to call.`)
      const { flow, state } = booked
      if (flow.id === parent.flowId) return failure('WorkflowSelfReference', 'A flow cannot call itself.')
      if (state === 'off')
        return failure('WorkflowTriggerIsNotEnabled', `The flow "${flow.name}" is turned off.`)
      const trigger = flow.triggers.find(({ type }) => type === 'Request')
      if (!trigger) return failure('WorkflowNotCallable', `The flow "${flow.name}" has no Request trigger.`)
      const time = isoTime(clock.now())
      return {
        flowId: flow.id,
        flowName: flow.name,
        flowVersion: flow.version,
        trigger: {
          name: trigger.name,
          outputs: triggerOutputs(inputs),
          startTime: time,
          endTime: time,
          status: 'Succeeded',
        },
        callbackBase: callbackBase(),
      }
    },
  }
}

function findFlow(book: FlowBook, name: string) {
  const wanted = name.toLowerCase()
  return (
    book.find(wanted) ??
    book.list().find(({ flow }) => flow.id === name || flow.name.toLowerCase() === wanted)
  )
}

function childName(inputs: ObjectValue): string | undefined {
  const host = objectAt(inputs, 'host')
  const reference = host?.workflowReferenceName
  if (typeof reference === 'string') return reference
  const id = objectAt(host, 'workflow')?.id
  return typeof id === 'string' ? id.slice(id.lastIndexOf('/') + 1) : undefined
}

function triggerOutputs({ headers, body }: ObjectValue): Value {
  const outputs: ObjectValue = { headers: headers !== undefined && isObject(headers) ? headers : {} }
  if (body !== undefined) outputs.body = body
  return outputs
}

function objectAt(owner: ObjectValue | undefined, key: string): ObjectValue | undefined {
  const value = owner?.[key]
  return value !== undefined && isObject(value) ? value : undefined
}

const failure = (code: string, message: string): CallOutcome => ({ error: { code, message } })
