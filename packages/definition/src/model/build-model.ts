// Makes the structure of a definition explicit: triggers, blocks, actions, edges.
// 1. Nothing is dropped silently: what has the wrong shape is told in `misshapen` and left out of the rest only.
// 2. The first of two actions with one name keeps it in `actions`; blocks hold both.
import { quoted } from '@flowstead/errors'
import { isObject, type ObjectValue, type Value } from '@flowstead/expressions'
import type {
  ActionDefinition,
  BlockDefinition,
  Misshape,
  ParameterDeclaration,
  RunAfter,
  TriggerDefinition,
} from '../flow.ts'
import { member, members, objectMember, textMember } from '../json/member.ts'
import { pointerTo } from '../json/pointer.ts'
import { canonicalActionType, canonicalKind, canonicalStatus, canonicalTriggerType } from './vocabulary.ts'

/** The structure of one definition. */
export interface Model {
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>
  readonly triggers: readonly TriggerDefinition[]
  readonly root: BlockDefinition
  readonly actions: ReadonlyMap<string, ActionDefinition>
  readonly outputs: ObjectValue
  readonly staticResults: ObjectValue
  readonly misshapen: readonly Misshape[]
}

type Report = (misshape: Misshape) => void

/** Action types that always have a block named `actions`. */
const containerTypes: ReadonlySet<string> = new Set(['Scope', 'If', 'Foreach', 'Until', 'Changeset'])

/**
 * Builds the model of a definition.
 * @param at JSON pointer of the definition inside the file.
 */
export function buildModel(definition: ObjectValue, at: string): Model {
  const misshapen: Misshape[] = []
  const report: Report = (misshape) => void misshapen.push(misshape)
  const root = readBlock('actions', member(definition, 'actions'), pointerTo(at, 'actions'), report)
  return {
    parameters: readParameters(definition, at, report),
    triggers: readTriggers(definition, at, report),
    root,
    actions: byName(root),
    outputs: objectMember(definition, 'outputs') ?? {},
    staticResults: objectMember(definition, 'staticResults') ?? {},
    misshapen,
  }
}

function byName(root: BlockDefinition): Map<string, ActionDefinition> {
  const found = new Map<string, ActionDefinition>()
  const visit = (block: BlockDefinition): void => {
    for (const action of block.actions) {
      const name = action.name.toLowerCase()
      if (!found.has(name)) found.set(name, action)
      action.blocks.forEach(visit)
    }
  }
  visit(root)
  return found
}

function readParameters(
  definition: ObjectValue,
  at: string,
  report: Report,
): Map<string, ParameterDeclaration> {
  const declared = objectsIn(member(definition, 'parameters'), pointerTo(at, 'parameters'), report)
  return new Map(
    declared.map(({ name, raw }) => {
      const type = (textMember(raw, 'type') ?? 'object').toLowerCase()
      return [name.toLowerCase(), { name, type, defaultValue: member(raw, 'defaultValue') }]
    }),
  )
}

function readTriggers(definition: ObjectValue, at: string, report: Report): TriggerDefinition[] {
  return objectsIn(member(definition, 'triggers'), pointerTo(at, 'triggers'), report).map(
    ({ name, raw, pointer }) => {
      const written = textMember(raw, 'type') ?? ''
      return { name, type: canonicalTriggerType(written) ?? written, kind: kindOf(raw), pointer, raw }
    },
  )
}

function readBlock(key: string, raw: Value | undefined, pointer: string, report: Report): BlockDefinition {
  const actions = objectsIn(raw, pointer, report).map((entry) => readAction(entry, report))
  return { key, pointer, actions }
}

interface Entry {
  readonly name: string
  readonly raw: ObjectValue
  readonly pointer: string
}

/** The members of an object of objects; null and absent are empty. */
function objectsIn(raw: Value | undefined, pointer: string, report: Report): Entry[] {
  if (raw === undefined || raw === null) return []
  if (!isObject(raw)) {
    report({
      code: 'Definition.WrongShape',
      pointer,
      message: `An object is expected here, not ${quoted(raw)}.`,
    })
    return []
  }
  return members(raw).flatMap(([name, value]) => {
    if (isObject(value)) return [{ name, raw: value, pointer: pointerTo(pointer, name) }]
    report({
      code: 'Definition.WrongShape',
      pointer: pointerTo(pointer, name),
      message: `${quoted(name)} must be an object, not ${quoted(value)}.`,
    })
    return []
  })
}

function readAction({ name, raw, pointer }: Entry, report: Report): ActionDefinition {
  const written = textMember(raw, 'type') ?? ''
  const known = canonicalActionType(written)
  const type = known ?? written
  return {
    name,
    type,
    isKnownType: known !== undefined,
    kind: kindOf(raw),
    pointer,
    raw,
    inputs: member(raw, 'inputs'),
    runAfter: readRunAfter(raw, pointer, report),
    blocks: readBlocks(type, raw, pointer, report),
    operationOptions: optionsOf(raw),
  }
}

function kindOf(raw: ObjectValue): string | undefined {
  const written = textMember(raw, 'kind')
  return written === undefined ? undefined : canonicalKind(written)
}

function optionsOf(raw: ObjectValue): Set<string> {
  const written = textMember(raw, 'operationOptions') ?? ''
  return new Set(
    written
      .split(',')
      .map((option) => option.trim().toLowerCase())
      .filter((option) => option !== ''),
  )
}

function readRunAfter(raw: ObjectValue, pointer: string, report: Report): RunAfter[] {
  const written = member(raw, 'runAfter')
  const at = pointerTo(pointer, 'runAfter')
  if (written === undefined || written === null) return []
  if (!isObject(written)) {
    report({
      code: 'Definition.WrongShape',
      pointer: at,
      message: 'runAfter must be an object of status lists.',
    })
    return []
  }
  return members(written).map(([action, statuses]) => ({
    action,
    statuses: readStatuses(statuses, pointerTo(at, action), report),
  }))
}

function readStatuses(written: Value, pointer: string, report: Report): string[] {
  if (!Array.isArray(written)) {
    report({ code: 'Definition.WrongShape', pointer, message: 'The statuses of runAfter must be a list.' })
    return []
  }
  return written.map((status, index) => {
    const known = typeof status === 'string' ? canonicalStatus(status) : undefined
    if (known !== undefined) return known
    report({
      code: 'Definition.UnknownStatus',
      pointer: pointerTo(pointer, index),
      message: `runAfter cannot wait for the status ${quoted(status)}.`,
      hint: 'Use Succeeded, Failed, Skipped or TimedOut.',
    })
    return String(status)
  })
}

/** Blocks by shape, not by type, so that unknown containers keep their actions. */
function readBlocks(type: string, raw: ObjectValue, pointer: string, report: Report): BlockDefinition[] {
  const isSwitch = type === 'Switch'
  const blocks: BlockDefinition[] = []
  const add = (key: string, owner: Value | undefined, at: string): void => {
    blocks.push(readBlock(key, member(owner, 'actions'), pointerTo(at, 'actions'), report))
  }
  const addNamed = (prefix: string, part: string): void => {
    const at = pointerTo(pointer, part)
    for (const { name, raw: owner, pointer: ownerAt } of objectsIn(member(raw, part), at, report)) {
      add(`${prefix}:${name}`, owner, ownerAt)
    }
  }
  if (containerTypes.has(type) || isObject(member(raw, 'actions'))) add('actions', raw, pointer)
  if (type === 'If' || isObject(member(raw, 'else')))
    add('else', branch(raw, 'else', pointer, report), pointerTo(pointer, 'else'))
  if (isSwitch || isObject(member(raw, 'cases'))) addNamed('case', 'cases')
  if (isSwitch) add('default', branch(raw, 'default', pointer, report), pointerTo(pointer, 'default'))
  if (isObject(member(raw, 'tools'))) addNamed('tool', 'tools')
  return blocks
}

function branch(raw: ObjectValue, key: string, pointer: string, report: Report): ObjectValue | undefined {
  const written = member(raw, key)
  if (written === undefined || written === null || isObject(written)) return written ?? undefined
  const at = pointerTo(pointer, key)
  report({
    code: 'Definition.WrongShape',
    pointer: at,
    message: `An object with actions is expected here, not ${quoted(written)}.`,
  })
  return undefined
}
