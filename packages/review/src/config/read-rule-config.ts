import { member, members, type NamedFile, type Problem, pointerTo } from '@flowstead/definition'
import { isFlowsteadError, quoted } from '@flowstead/errors'
import { isObject, parseJson, type Value } from '@flowstead/expressions'
import { type Severity, severities } from '../finding.ts'
import type { Rule, Setting } from '../rule.ts'
import { rules } from '../rules/index.ts'
import type { RuleChoice, RuleConfig } from './rule-config.ts'

const form = '{"rules": {"REL202": {"severity": "off"}, "MNT504": {"settings": {"maxDepth": 6}}}}'

/** Whether a file configures rules rather than the product's figures. */
export function isRuleConfigFile({ bytes }: NamedFile): boolean {
  try {
    return isObject(member(parseJson(new TextDecoder().decode(bytes)), 'rules'))
  } catch (error) {
    if (isFlowsteadError(error)) return false
    throw error
  }
}

/** Reads what a project says about rules; entries that are wrong are reported and have no effect. */
export function readRuleConfig({ name, bytes }: NamedFile): {
  readonly rules: RuleConfig
  readonly problems: readonly Problem[]
} {
  const problems: Problem[] = []
  const refuse: Refuse = (pointer, message, hint) =>
    void problems.push({
      code: 'Review.BadRuleConfig',
      severity: 'error',
      message,
      file: name,
      pointer,
      hint,
    })
  const config = new Map<string, RuleChoice>()
  for (const [id, choice] of members(rulesIn(bytes, refuse))) {
    const pointer = pointerTo('/rules', id)
    const rule = rules.find((known) => known.id === id)
    if (rule === undefined)
      refuse(pointer, `There is no rule ${quoted(id)}.`, 'docs/reference/rules.md lists them.')
    else if (!isObject(choice)) refuse(pointer, `${quoted(id)} must be an object.`, `For example ${form}.`)
    else config.set(id, choiceOf(rule, choice, pointer, refuse))
  }
  return { rules: Object.fromEntries(config), problems }
}

type Refuse = (pointer: string, message: string, hint: string) => void

function rulesIn(bytes: Uint8Array, refuse: Refuse): Value | undefined {
  try {
    const document = parseJson(new TextDecoder().decode(bytes))
    const found = member(document, 'rules')
    if (isObject(found)) return found
    refuse('', 'The file holds no object "rules".', `It is ${form}.`)
  } catch (error) {
    if (!isFlowsteadError(error)) throw error
    refuse('', `The file is not JSON. ${error.message}`, `It is ${form}.`)
  }
  return undefined
}

function choiceOf(rule: Rule, choice: Value, pointer: string, refuse: Refuse): RuleChoice {
  const severity = member(choice, 'severity')
  const settings = new Map<string, Setting>()
  if (severity !== undefined && !isSeverityOrOff(severity)) {
    const hint = 'It is error, warning, info or off.'
    refuse(pointerTo(pointer, 'severity'), `${quoted(severity)} is no severity.`, hint)
  }
  for (const [name, value] of members(member(choice, 'settings'))) {
    const at = pointerTo(pointer, 'settings', name)
    const known = Object.hasOwn(rule.settings ?? {}, name) ? rule.settings?.[name] : undefined
    if (known === undefined) {
      const names = Object.keys(rule.settings ?? {})
      const hint = names.length === 0 ? `${rule.id} has no settings.` : `There are: ${names.join(', ')}.`
      refuse(at, `${rule.id} has no setting ${quoted(name)}.`, hint)
    } else if (!isLike(known, value))
      refuse(at, `${quoted(value)} does not fit here.`, `The default is ${quoted(known)}.`)
    else settings.set(name, value)
  }
  return {
    ...(isSeverityOrOff(severity) ? { severity } : {}),
    ...(settings.size === 0 ? {} : { settings: Object.fromEntries(settings) }),
  }
}

function isSeverityOrOff(value: Value | undefined): value is Severity | 'off' {
  return value === 'off' || severities.some((severity) => severity === value)
}

function isLike(known: Setting, value: Value): value is Setting & Value {
  if (typeof known !== 'object') return typeof value === typeof known
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
