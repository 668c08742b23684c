import { memberAt, members, pointerTo, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import { flowRule, type Report } from '../../rule.ts'
import type { Place } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'

const total = { actions: { Total: { type: 'Compose', inputs: 1 } } }
const reference = (logicalName: string) => ({
  connectionReferences: { shared_sendmail: { api: 'shared_sendmail', logicalName } },
})

/** Rules about the names of flows and of what a solution holds for them. */
export const flowNameRules = [
  flowRule({
    id: 'NAM604',
    title: 'The flow has a name of its own',
    severity: 'info',
    category: 'naming',
    detects:
      'The name of the flow is one that the designer gave it, such as Untitled or "trigger -> action", or does not match the pattern that is set.',
    why: 'Nobody finds the flow in a list, or knows what its failure means.',
    fix: 'Name the flow after what it does and for whom.',
    settings: {
      /** Regular expression that names of flows must match as a whole; empty for any. */
      pattern: '',
    },
    bad: { name: 'Untitled', ...total },
    good: { name: 'Invoices - remind', ...total },
    check({ flow, place }, report, { pattern }) {
      const own = String(pattern)
      if (defaults.some((each) => each.test(flow.name)))
        report(place, { message: `${quoted(flow.name)} is a name that the designer gives.` })
      else if (own !== '' && !matches(flow.name, own))
        report(place, { message: `The name ${quoted(flow.name)} does not match the pattern ${quoted(own)}.` })
    },
  }),
  flowRule({
    id: 'NAM606',
    title: 'What belongs to the solution carries the prefix of its publisher',
    severity: 'info',
    category: 'naming',
    detects:
      'The name of a connection reference or an environment variable has no publisher prefix, or that of a default publisher: new_, or cr and three characters.',
    why: 'Two solutions with default prefixes can bring the same name into one environment, and nobody sees whose it is.',
    fix: 'Make a publisher with a prefix of your own, and create the reference or variable in its solution.',
    bad: { ...total, ...reference('new_sendmail') },
    good: { ...total, ...reference('contoso_sendmail') },
    check: checkPrefixes,
  }),
]

const defaults = [
  /^(?:untitled|new flow|my flow|flow|new workflow|workflow|stateful|stateless|logic-?app)[\s_-]*\d*$/i,
  /^\S.* -> \S/,
]

/** A pattern that cannot be read as a regular expression matches everything. */
function matches(name: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(name)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return true
  }
}

const defaultPrefix = /^(?:new|cr[0-9a-f]{3})_/

function checkPrefixes({ flow }: Subject, report: Report): void {
  // References stand beside the definition.
  const wrapper = flow.definitionAt.replace(/\/definition$/, '')
  for (const { key, logicalName } of flow.connectionReferences.values()) {
    const place = { pointer: pointerTo(wrapper, 'connectionReferences', key) }
    if (logicalName !== undefined) checkPrefix('connection reference', logicalName, place, report)
  }
  for (const [name, raw] of members(memberAt(flow.definition, 'parameters'))) {
    const schemaName = textMember(memberAt(raw, 'metadata'), 'schemaName')
    const place = { pointer: pointerTo(flow.definitionAt, 'parameters', name) }
    if (schemaName !== undefined) checkPrefix('environment variable', schemaName, place, report)
  }
}

function checkPrefix(what: string, name: string, place: Place, report: Report): void {
  if (name === '') return
  if (!name.includes('_')) report(place, { message: `The ${what} ${quoted(name)} has no publisher prefix.` })
  else if (defaultPrefix.test(name))
    report(place, { message: `The ${what} ${quoted(name)} has the prefix of a default publisher.` })
}
