// Configurations from files and from requests. Nothing is thrown on what they hold; what cannot be used is told and
// its default stands.
import {
  locateAll,
  looksLikeZip,
  member,
  type NamedFile,
  openArchive,
  type Problem,
  pointerTo,
  textMember,
} from '@flowstead/definition'
import { isFlowsteadError } from '@flowstead/errors'
import { isObject, parseJson, type Value } from '@flowstead/expressions'
import type { ReviewCode } from '../codes.ts'
import { type ConfigPart, configParts, type Refuse } from './config-parts.ts'
import { defaultConfig } from './defaults.ts'
import type { ReviewConfig } from './scoring-config.ts'

/** A configuration with what was wrong about it. */
export interface ReadConfig {
  readonly config: ReviewConfig
  readonly problems: readonly Problem[]
}

/**
 * The configurations among files and in archives of them: complexityConfig.json, namingConfig.json, ratingsConfig.json,
 * scoringConfig.json, or JSON files of other names with their root keys. What is left out has the default; of two
 * files for the same part the later one counts.
 */
export function readConfig(files: readonly NamedFile[]): ReadConfig {
  const problems: Problem[] = []
  let config = defaultConfig
  for (const file of files) {
    const members = looksLikeZip(file.bytes) ? unpacked(file, problems) : [file]
    const found = members.flatMap((each) => partsOfFile(each, problems))
    if (found.length === 0 && !problems.some((problem) => problem.file.startsWith(file.name)))
      problems.push(
        problemAt('Review.BadConfig', file.name, 'None of the four configurations is in it.', formHint),
      )
    for (const part of found) config = { ...config, ...part }
  }
  return { config, problems }
}

const formHint = `The product's files are ${configParts.map(({ file }) => file).join(', ')}.`

function unpacked(file: NamedFile, problems: Problem[]): NamedFile[] {
  try {
    return openArchive(file, (name) => configParts.some((part) => isNamed(name, part.file)))
  } catch (error) {
    if (!isFlowsteadError(error)) throw error
    problems.push(problemAt('Review.BadConfig', file.name, error.message, 'Give a zip of the four files.'))
    return []
  }
}

/** What one file configures; a file of another kind configures nothing. */
function partsOfFile({ name, bytes }: NamedFile, problems: Problem[]): Partial<ReviewConfig>[] {
  const text = new TextDecoder().decode(bytes)
  const document = parsed(name, text, problems)
  if (document === undefined) return []
  const told: Told[] = []
  const found = configParts
    .filter(({ root, file }) => member(document, root) !== undefined || isNamed(name, file))
    .map((part) =>
      partOf(part, document, (pointer, message, hint) => void told.push({ pointer, message, hint })),
    )
  problems.push(...located(told, name, text))
  return found
}

function isNamed(name: string, file: string): boolean {
  return name.toLowerCase().endsWith(file.toLowerCase())
}

function partOf(part: ConfigPart, document: Value, refuse: Refuse): Partial<ReviewConfig> {
  const { key, root, read } = part
  const value = member(document, root)
  if (value === undefined) {
    refuse('', `The root key "${root}" is missing.`, `Write {"sReference": "…", "${root}": …}.`)
    return {}
  }
  const reference = textMember(value, 'sReference') ?? textMember(document, 'sReference') ?? 'default'
  const below: Refuse = (pointer, message, hint) => refuse(pointerTo('', root) + pointer, message, hint)
  const made = read(value, reference, below)
  return made === undefined ? {} : { [key]: made }
}

/**
 * The `configs` object of a request to the AutoReview connector; parts that are absent, null or empty have the default.
 * Pointers of problems count from `configs`.
 */
export function configOfRequest(configs: unknown): ReadConfig {
  const told: Told[] = []
  let config = defaultConfig
  if (configs !== undefined && configs !== null && !isObject(configs))
    told.push({ pointer: '', message: 'An object is expected here.', hint: 'Leave it out for the defaults.' })
  for (const { key, root, read } of configParts) {
    const sent = member(configs as Value, key)
    if (sent === undefined || isEmpty(sent)) continue
    const value = member(sent, root) ?? sent
    const at = value === sent ? pointerTo('', key) : pointerTo('', key, root)
    const refuse: Refuse = (pointer, message, hint) =>
      void told.push({ pointer: at + pointer, message, hint })
    const reference = textMember(value, 'sReference') ?? textMember(sent, 'sReference') ?? 'request'
    const made = read(value, reference, refuse)
    if (made !== undefined) config = { ...config, [key]: made }
  }
  return {
    config,
    problems: told
      .slice(0, maxTold)
      .map(({ message, hint, pointer }) => ({ ...valueProblem('', message, hint), pointer })),
  }
}

function isEmpty(value: Value): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
}

interface Told {
  readonly pointer: string
  readonly message: string
  readonly hint: string
}

function parsed(name: string, text: string, problems: Problem[]): Value | undefined {
  try {
    return parseJson(text)
  } catch (error) {
    if (!isFlowsteadError(error)) throw error
    const problem = problemAt('Review.BadConfig', name, `The file is not JSON. ${error.message}`, formHint)
    const before = text.slice(0, error.at ?? 0).split('\n')
    problems.push({ ...problem, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 })
    return undefined
  }
}

/** Problems beyond this many of one file say nothing new. */
const maxTold = 100

function located(told: readonly Told[], file: string, text: string): Problem[] {
  if (told.length === 0) return []
  const shown = told.slice(0, maxTold)
  const places = locateAll(
    text,
    shown.map(({ pointer }) => pointer),
  )
  return shown.map(({ pointer, message, hint }) => ({
    ...valueProblem(file, message, hint),
    pointer,
    ...places.get(pointer),
  }))
}

function valueProblem(file: string, message: string, hint: string): Problem {
  return problemAt('Review.BadConfigValue', file, message, hint)
}

function problemAt(code: ReviewCode, file: string, message: string, hint: string): Problem {
  return { code, severity: 'error', message, file, pointer: '', hint }
}
