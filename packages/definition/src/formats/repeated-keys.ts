import { quoted } from '@flowstead/errors'
import type { Flow } from '../flow.ts'
import { placesIn } from '../json/locate.ts'
import { pointerKeys } from '../json/pointer.ts'
import type { JsonReading } from '../json/read-json.ts'
import type { Finding } from '../report.ts'

/**
 * A finding for each key that occurs twice in one object.
 * @param text the text that was read, when its lines are those of the file.
 * @param at pointer of the text inside the file.
 */
export function repeatedKeyFindings(
  { repeatedKeys }: JsonReading,
  text: string | undefined,
  at: string,
): Finding[] {
  if (repeatedKeys.length === 0) return []
  const placeOf = text === undefined ? undefined : placesIn(text)
  return repeatedKeys.map(({ pointer, first }) => {
    const where = placeOf === undefined ? '' : `, first in line ${placeOf(first).line}`
    const message = `The key ${quoted(pointerKeys(pointer).at(-1))} is there twice${where}; the last one counts.`
    return { code: 'Definition.RepeatedKey', pointer: at + pointer, message }
  })
}

/** Where a repeated key is the name of an action, an action is lost: that is an error and not a warning. */
export function asLostAction(finding: Finding, flows: readonly Flow[]): Finding {
  if (finding.code !== 'Definition.RepeatedKey' || !flows.some((flow) => hasActionAt(flow, finding.pointer)))
    return finding
  return { ...finding, code: 'Definition.DuplicateAction', hint: 'Rename one of the two actions.' }
}

function hasActionAt(flow: Flow, pointer: string): boolean {
  return flow.actions.get((pointerKeys(pointer).at(-1) ?? '').toLowerCase())?.pointer === pointer
}
