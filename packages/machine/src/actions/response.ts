import { isObject, type ObjectValue, type Template } from '@flowstead/expressions'
import type { ActionHandler } from '../handler.ts'
import { asObject, member } from '../member.ts'
import { badRequest, failed, type Outcome, succeeded } from '../outcome.ts'
import { statusNumber } from '../status-name.ts'

/** Answers the caller that waits; the first one wins. */
export const response: ActionHandler<Template> = {
  start({ templates }, run) {
    const inputs = run.recordInputs(run.resolve(templates))
    const statusCode = statusNumber(member(inputs, 'statusCode') ?? 200)
    if (statusCode === undefined || statusCode < 200 || statusCode > 599) {
      return badRequest('InvalidResponseStatusCode', 'The status code of a response must be 200 to 599.')
    }
    const headers = asObject(member(inputs, 'headers'))
    const body = isObject(inputs) ? member(inputs, 'body') : undefined
    const outputs: ObjectValue = { statusCode, headers, ...(body === undefined ? {} : { body }) }
    const sent = run.respond({ statusCode, headers, ...(body === undefined ? {} : { body }) })
    if (sent === 'sent') return succeeded(outputs, 'OK')
    return sent === 'answered'
      ? failed('ActionResponseAlreadySent', 'The caller has been answered already.')
      : nobodyWaits
  },
}

const nobodyWaits: Outcome = {
  status: 'Skipped',
  code: 'ActionResponseSkipped',
  error: { code: 'ActionResponseSkipped', message: 'The response is skipped: nobody is waiting for it.' },
  outputs: undefined,
}
