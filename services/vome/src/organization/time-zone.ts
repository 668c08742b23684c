import { type FieldProblem, invalid } from '@flowstead/service-kit'
import { findIana } from 'windows-iana'

/** The IANA name for an IANA or Windows name; `undefined` when it is neither. Offsets are no names. */
export function timeZoneNamed(name: string): string | undefined {
  return isIana(name) ? name : findIana(name)[0]
}

function isIana(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    // RangeError is how Intl says that it does not know the name.
    return false
  }
}

/** The IANA name to store for what a client wrote. @throws 400 naming `timezone` */
export function checkedTimeZone(name: string): string {
  const known = timeZoneNamed(name)
  if (known !== undefined) return known
  const problem: FieldProblem = {
    field: 'timezone',
    rule: 'timezone',
    message: '"timezone" must be an IANA or Windows time zone name.',
  }
  throw invalid([problem])
}
