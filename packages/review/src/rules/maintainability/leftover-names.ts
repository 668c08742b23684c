import type { Flow } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { SolutionReport } from '../../rule.ts'
import type { SolutionSubject } from '../../solution/solution-subject.ts'

/** Characters; a longer name was not given by a person. */
const maxName = 200

/** Reports flows whose names say that they were copied or tried. */
export function checkLeftovers({ flows }: SolutionSubject, report: SolutionReport): void {
  const names = new Map(flows.map((flow) => [flow.name.trim().toLowerCase(), flow]))
  for (const flow of flows) {
    if (flow.name.length > maxName) continue
    const why = isCopy(flow)
      ? 'is called like a copy'
      : isTrial(flow)
        ? 'is called like a trial'
        : twin(flow, names)
    if (why === undefined) continue
    report({ flow: flow.id, pointer: flow.definitionAt }, { message: `${quoted(flow.name)} ${why}.` })
  }
}

function isCopy({ name }: Flow): boolean {
  return /^copy of\b|[-–_ (]+copy(\s*\(?\d+\)?)?\)?\s*$/i.test(name.trim())
}

function isTrial({ name }: Flow): boolean {
  return /^(test|tests|testing|tmp|temp|asdf|untitled|new flow)([ _-]?\d*|[ _-]?flow[ _-]?\d*)$/i.test(
    name.trim(),
  )
}

/** `Orders 2` beside `Orders`; `Orders 2` alone may be the second step of something. */
function twin({ name }: Flow, names: ReadonlyMap<string, Flow>): string | undefined {
  const base = /^(.*?[^\s\d_(-])[\s_-]*\(?[v_]?\d{1,2}\)?$/i.exec(name.trim().toLowerCase())?.[1]
  const original = base === undefined ? undefined : names.get(base)
  return original === undefined ? undefined : `stands beside ${quoted(original.name)} with a number`
}
