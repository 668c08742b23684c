import type { TriggerDefinition } from '@flowstead/definition'
import type { BookedFlow } from '../flows/flow-book.ts'
import { readRecurrence } from './recurrence.ts'
import type { Scheduler } from './scheduler.ts'
import type { WebhookSubscriptions } from './webhook-subscriptions.ts'

/** Turns the triggers of a flow on and off in the way their type asks for. */
export interface TriggerSwitch {
  turnOn(booked: BookedFlow): Promise<void>
  turnOff(booked: BookedFlow): Promise<void>
  /** Why this server cannot fire the trigger by itself; `undefined` when it can. */
  problem(booked: BookedFlow, trigger: TriggerDefinition): string | undefined
}

interface SwitchParts {
  readonly scheduler: Scheduler
  readonly webhooks: WebhookSubscriptions
  /** Signed address of a trigger. */
  readonly urlOf: (flowId: string, trigger: string) => string
}

export function createTriggerSwitch({ scheduler, webhooks, urlOf }: SwitchParts): TriggerSwitch {
  return {
    async turnOn(booked) {
      for (const trigger of booked.flow.triggers) {
        const { id } = booked.flow
        if (trigger.type === 'Recurrence') {
          const recurrence = readRecurrence(trigger.raw.recurrence)
          scheduler.turnOn({ flowId: id, triggerName: trigger.name, recurrence })
        }
        if (trigger.type === 'OpenApiConnectionWebhook') {
          await webhooks.turnOn(booked, trigger.name, urlOf(id, trigger.name))
        }
      }
    },
    async turnOff(booked) {
      for (const trigger of booked.flow.triggers) {
        scheduler.turnOff(booked.flow.id, trigger.name)
        if (trigger.type === 'OpenApiConnectionWebhook') await webhooks.turnOff(booked, trigger.name)
      }
    },
    problem({ flow, state }, { name, type }) {
      if (!served.has(type)) return `Triggers of type ${type} are not fired by this server yet.`
      return state === 'on' ? webhooks.problem(flow.id, name) : undefined
    },
  }
}

const served = new Set(['Request', 'Recurrence', 'OpenApiConnectionWebhook'])
