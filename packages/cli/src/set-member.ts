import { FlowsteadError, quoted } from '@flowstead/errors'

/** Gathers the values of an option that may stand several times. */
export function collect(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value]
}

/**
 * A copy of `base` with members set from `a.b=1` texts.
 * @throws `Cli.Usage`
 */
export function setMembers(base: unknown, sets: readonly string[]): unknown {
  return memberValues(sets).reduce<unknown>(
    (value, [path, member]) => withMember(value, path.split('.'), member),
    base,
  )
}

/**
 * Paths and values of `a.b=1` texts. A value that reads as JSON is JSON, else it is text.
 * @throws `Cli.Usage`
 */
export function memberValues(sets: readonly string[]): [path: string, value: unknown][] {
  return sets.map((set) => {
    const equals = set.indexOf('=')
    if (equals < 1)
      throw new FlowsteadError('Cli.Usage', `--set ${quoted(set)} has to look like member=value.`)
    return [set.slice(0, equals), memberValue(set.slice(equals + 1))]
  })
}

function withMember(value: unknown, [name, ...rest]: readonly string[], member: unknown): unknown {
  if (name === undefined) return member
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  const entries = new Map<string, unknown>(isObject ? Object.entries(value) : [])
  entries.set(name, withMember(entries.get(name), rest, member))
  return Object.fromEntries(entries)
}

function memberValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Plain words need no quotes on the command line.
    return text
  }
}
