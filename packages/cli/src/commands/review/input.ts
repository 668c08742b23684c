import { looksLikeZip } from '@flowstead/definition'
import { FlowsteadError, quoted } from '@flowstead/errors'
import {
  type Baseline,
  isRuleConfigFile,
  type Profile,
  type ReviewConfig,
  type RuleChoice,
  type RuleConfig,
  readBaseline,
  readConfig,
  readRuleConfig,
  rules,
} from '@flowstead/review'
import { type FlowFile, readFlowPaths } from '../../flow-files.ts'
import type { ProblemRecord } from '../../records.ts'
import type { ReviewCommandOptions } from './options.ts'

/** What steers a review, read and checked. */
export interface Steering {
  readonly config: ReviewConfig
  readonly rules: RuleConfig
  readonly profile: Profile
  readonly baseline: Baseline | undefined
  readonly minScore: number | undefined
  readonly problems: readonly ProblemRecord[]
}

/**
 * Reads configuration files, baseline and flags.
 * @throws `Cli.Usage`, `Cli.Unreadable`
 */
export function readSteering(options: ReviewCommandOptions, cwd: string): Steering {
  const files = readFlowPaths(options.config, cwd)
  const [ruleFiles, others] = parted(files, (file) => !looksLikeZip(file.bytes) && isRuleConfigFile(file))
  const chosen = ruleFiles.map(readRuleConfig)
  const figures = readConfig(others)
  const baseline = options.baseline === undefined ? undefined : readBaseline(oneFile(options.baseline, cwd))
  const fromFiles: RuleConfig = Object.assign({}, ...chosen.map((each) => each.rules))
  return {
    config: figures.config,
    rules: withFlags(fromFiles, options),
    profile: profileOf(options.profile),
    baseline: baseline?.baseline,
    minScore: options.minScore === undefined ? undefined : numberOf(options.minScore),
    problems: [
      ...chosen.flatMap((each) => each.problems),
      ...figures.problems,
      ...(baseline?.problems ?? []),
    ],
  }
}

function parted<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))]
}

function oneFile(path: string, cwd: string): FlowFile {
  const [file, more] = readFlowPaths([path], cwd)
  if (file !== undefined && more === undefined) return file
  throw new FlowsteadError('Cli.Usage', `--baseline ${quoted(path)} is not one file.`)
}

function profileOf(written: string): Profile {
  if (written === 'documented' || written === 'as-shipped') return written
  throw new FlowsteadError('Cli.Usage', `There is no profile ${quoted(written)}.`, {
    hint: 'There are: documented, as-shipped.',
  })
}

function numberOf(written: string): number {
  const value = Number(written)
  if (written.trim() !== '' && Number.isFinite(value)) return value
  throw new FlowsteadError('Cli.Usage', `--min-score ${quoted(written)} is not a number.`)
}

/** `--warn` makes a rule at most a warning, `--allow` leaves it out; both win over files. */
function withFlags(config: RuleConfig, { warn, allow }: ReviewCommandOptions): RuleConfig {
  const choices = new Map<string, RuleChoice>(Object.entries(config))
  for (const id of warn.map(known)) {
    const choice = choices.get(id) ?? {}
    if (choice.severity === undefined || choice.severity === 'error')
      choices.set(id, { ...choice, severity: severityOf(id) === 'info' ? 'info' : 'warning' })
  }
  for (const id of allow.map(known)) choices.set(id, { ...choices.get(id), severity: 'off' })
  return Object.fromEntries(choices)
}

function severityOf(id: string) {
  return rules.find((rule) => rule.id === id)?.severity
}

/** The id of a rule that was written in any letter case. */
function known(written: string): string {
  const id = written.toUpperCase()
  if (rules.some((rule) => rule.id === id)) return id
  throw new FlowsteadError('Cli.Usage', `There is no rule ${quoted(written)}.`, {
    hint: 'Rules have ids such as REL201; docs/reference/rules.md lists them.',
  })
}
