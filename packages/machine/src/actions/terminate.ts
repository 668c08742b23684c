import { printValue, type Template } from '@flowstead/expressions'
import type { ActionHandler } from '../handler.ts'
import { member, memberAt } from '../member.ts'
import { badRequest, succeeded } from '../outcome.ts'
import type { FinalStatus } from '../status.ts'

const statuses: ReadonlyMap<string, FinalStatus> = new Map([
  ['succeeded', 'Succeeded'],
  ['failed', 'Failed'],
  ['cancelled', 'Cancelled'],
])

/** Ends the run from wherever it stands. */
export const terminate: ActionHandler<Template> = {
  start({ templates }, run) {
    const inputs = run.recordInputs(run.resolve(templates))
    const written = printValue(member(inputs, 'runStatus') ?? '')
    const status = statuses.get(written.toLowerCase())
    if (status === undefined) return badRequest('InvalidTemplate', `A run cannot be ended as '${written}'.`)
    const code = printValue(memberAt(inputs, 'runError', 'code') ?? '')
    const message = printValue(memberAt(inputs, 'runError', 'message') ?? '')
    run.endRun(status, status === 'Failed' && code + message !== '' ? { code, message } : null)
    return succeeded()
  },
}
