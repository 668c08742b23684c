import type { Flow, TriggerDefinition } from '@flowstead/definition'
import type { ChangeLog, Thing } from './change-log.ts'
import { designerId, ownContent } from './own-content.ts'
import { type Meanings, valueChanges } from './value-changes.ts'

/** Triggers are the same by name, by the designer's id, or as the only one of each version. */
export function compareTriggers(before: Flow, after: Flow, meanings: Meanings, log: ChangeLog): void {
  const free = new Set(before.triggers)
  for (const trigger of after.triggers) {
    const old = earlierOf(trigger, [...free], after.triggers.length)
    const thing: Thing = {
      subject: 'trigger',
      name: trigger.name,
      beforeAt: old?.pointer,
      afterAt: trigger.pointer,
    }
    if (old === undefined) {
      log.add('N', thing, { after: described(trigger) })
      continue
    }
    free.delete(old)
    if (old.name !== trigger.name) log.add('R', thing, { before: old.name, after: trigger.name })
    valueChanges(ownContent(old), ownContent(trigger), meanings, (change) => log.addValue(thing, change))
  }
  for (const old of free)
    log.add('D', { subject: 'trigger', name: old.name, beforeAt: old.pointer }, { before: described(old) })
}

function earlierOf(
  trigger: TriggerDefinition,
  free: readonly TriggerDefinition[],
  count: number,
): TriggerDefinition | undefined {
  const id = designerId(trigger)
  return (
    free.find(({ name }) => name.toLowerCase() === trigger.name.toLowerCase()) ??
    (id === undefined ? undefined : free.find((old) => designerId(old) === id)) ??
    (count === 1 && free.length === 1 ? free[0] : undefined)
  )
}

function described({ type, kind }: TriggerDefinition): string {
  return kind === undefined ? type : `${type}, ${kind}`
}
