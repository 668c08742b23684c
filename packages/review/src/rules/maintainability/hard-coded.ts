// Values that differ between environments. Only inputs that are such a value as a whole count, and URLs at the
// beginning of an address; what stands inside texts for people is left alone.
import { member, members, textMember } from '@flowstead/definition'
import { quoted } from '@flowstead/errors'
import type { Report, Settings } from '../../rule.ts'
import type { Place } from '../../subject/place.ts'
import type { Subject } from '../../subject/subject.ts'
import { type PlacedText, typedTexts } from '../../subject/texts.ts'
import { hostOf, isLocalHost } from '../security/hosts.ts'
import { plainKey } from '../security/secret-forms.ts'

type Hosts = Settings & { readonly publicHosts: readonly string[] }

interface HardCoded extends Place {
  readonly value: string
  readonly what: string
  /** Only named in one place, or a service that may be the same everywhere. */
  readonly isMild: boolean
  places: number
}

/** Reports each distinct value once, at its first place. */
export function checkHardCoded(subject: Subject, report: Report, { publicHosts }: Hosts): void {
  for (const { what, value, places, isMild, name, pointer } of hardCodedIn(subject, publicHosts)) {
    const more = places === 1 ? '' : ` and stands in ${places} places`
    const message = `The ${what} ${quoted(value)} is typed in${more}.`
    const severity = isMild || !hasEnvironments(subject) ? { severity: 'info' as const } : {}
    report({ ...(name === undefined ? {} : { name }), pointer }, { message, ...severity })
  }
}

/** Reports flows of solutions that would need an environment variable and have none. */
export function checkEnvironmentVariables(subject: Subject, report: Report, { publicHosts }: Hosts): void {
  const { flow, place } = subject
  if (flow.dialect !== 'PowerAutomate' || (flow.format !== 'solution' && flow.format !== 'clientdata')) return
  const hasVariable = members(member(flow.definition, 'parameters')).some(
    ([, parameter]) => textMember(member(parameter, 'metadata'), 'schemaName') !== undefined,
  )
  if (hasVariable) return
  const found = hardCodedIn(subject, publicHosts).filter(({ isMild }) => !isMild)
  if (found.length === 0) return
  const what = found.length === 1 ? 'value that differs' : 'values that differ'
  report(place, {
    message: `The flow has ${found.length} typed ${what} between environments, and no environment variable.`,
  })
}

/** Flows outside solutions have no environment variables; Logic Apps have parameters. */
function hasEnvironments({ flow }: Subject): boolean {
  return flow.format !== 'legacy-package' && flow.format !== 'flow-resource'
}

function hardCodedIn(subject: Subject, publicHosts: readonly string[]): HardCoded[] {
  const found = new Map<string, HardCoded>()
  for (const text of subject.texts) {
    if (text.keys[0] !== 'inputs' || text.keys[1] === 'host' || text.keys[1] === 'headers') continue
    for (const match of matchesOf(text, publicHosts)) {
      const key = match.value.toLowerCase()
      const known = found.get(key)
      if (known !== undefined) known.places += 1
      else found.set(key, { ...match, places: 1, name: text.owner.name, pointer: text.pointer })
    }
  }
  return [...found.values()]
}

type Match = Pick<HardCoded, 'value' | 'what' | 'isMild'>

/** Paths of connectors hold the values in text literals, encoded by functions; elsewhere the whole text counts. */
function matchesOf(text: PlacedText, publicHosts: readonly string[]): Match[] {
  const key = plainKey(text.keys.at(-1) ?? '')
  const isMild = /Variable$/.test(text.owner.type) || text.owner.type === 'Compose'
  const values = key === 'path' ? typedTexts(text) : [text.text]
  return values.flatMap((each) => {
    const value = each.trim()
    const host = hostOf(value)
    if (host !== undefined) return hostMatch(value, host, key, isMild, publicHosts) ?? []
    const what =
      value.includes('@{') || value.startsWith('@') ? undefined : kindOf(value, key, text.keys.at(-1))
    return what === undefined ? [] : [{ value, what, isMild }]
  })
}

const siteHost = /\.sharepoint\.[a-z.]+$|\.crm\d*\.dynamics\.[a-z.]+$/

function hostMatch(
  value: string,
  host: string,
  key: string,
  isMild: boolean,
  publicHosts: readonly string[],
): Match | undefined {
  if (siteHost.test(host)) return { value: siteOf(value), what: 'site', isMild }
  const isCalled = (key === 'uri' || key === 'url') && !isMild
  const isPublic = isLocalHost(host) || publicHosts.some((each) => host === each || host.endsWith(`.${each}`))
  return isCalled && !isPublic ? { value: host, what: 'host', isMild: true } : undefined
}

const address = /^[\w.+'-]+@([\w-]+\.)+[a-z]{2,}$/i
const guid = /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i
const phone = /^\+\d[\d ()-]{7,}$/
const idKeys =
  /^(path|table|list(id)?|site(id)?|drive(id)?|source|library|group(id)?|team(id)?|plan(id)?|environment(id|name)?|tenant(id)?|subscription(id)?)$/
const phoneKeys = /^(to|from|phone(number)?)$/

function kindOf(value: string, key: string, spelled = key): string | undefined {
  if (guid.test(value) && idKeys.test(key)) return key === 'path' ? 'id' : `id in ${quoted(spelled)}`
  if (phone.test(value) && phoneKeys.test(key)) return 'phone number'
  const people = value
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  const isAddress = people.length > 0 && people.every((each) => address.test(each))
  return isAddress && !/@example\.(com|org|net)\b/i.test(value) ? 'address' : undefined
}

/** A site collection or organisation, without the path to one of its things. */
function siteOf(url: string): string {
  return /^https?:\/\/[^/]+(\/(sites|teams)\/[^/?#@]+)?/i.exec(url)?.[0] ?? url
}
