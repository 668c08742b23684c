import { memberAt } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Report } from '../../rule.ts'
import { inside } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'

/**
 * Power Automate writes the choice into `triggerAuthenticationType`: All, Tenant, or named users
 * (https://learn.microsoft.com/power-automate/oauth-authentication). Flows without it are older than the choice, and
 * Logic Apps keep theirs outside the definition: nothing is said about either.
 */
export function checkOpenTrigger({ flow }: Subject, report: Report): void {
  if (flow.dialect !== 'PowerAutomate') return
  for (const trigger of flow.triggers) {
    const who = memberAt(trigger.raw, 'inputs', 'triggerAuthenticationType')
    if (trigger.type !== 'Request' || typeof who !== 'string' || who.toLowerCase() !== 'all') continue
    const message = `Anyone who has the URL can start ${quoted(trigger.name)}.`
    report(inside(trigger, 'inputs', 'triggerAuthenticationType'), { message })
  }
}
