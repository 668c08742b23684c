import { FlowsteadError, quoted } from '@flowstead/errors'
import {
  type Comparison,
  compareReviews,
  type FlowReview,
  renderComparison,
  renderComparisonMarkdown,
  review,
} from '@flowstead/review'
import type { Command } from 'commander'
import { type ExitCode, exitCodes } from '../../exit-code.ts'
import { readFlowPaths } from '../../flow-files.ts'
import type { Session } from '../../session.ts'
import type { Shell } from '../../shell.ts'
import { reviewFacts } from '../review/connector-facts.ts'
import { writeDocuments } from '../review/output.ts'
import { diffText } from './diff-text.ts'
import { type FlowPair, flowPairs } from './flow-pairs.ts'

const formats = ['text', 'html', 'md', 'json'] as const
type Format = (typeof formats)[number]

interface DiffOptions {
  readonly format?: string
  readonly flow?: string
  readonly exitCode?: boolean
  readonly output?: string
}

/** `flow diff <before> <after>`. */
export function addFlowDiff(flow: Command, shell: Shell): void {
  shell.handle(
    flow
      .command('diff')
      .description('Compares two versions of a flow, or of a solution, by meaning.')
      .argument('<before>', '.json, .zip or folder')
      .argument('<after>', '.json, .zip or folder')
      .option('--format <name>', `${formats.join(', ')}; default: text`)
      .option('--flow <flow>', 'id or name of the only flow to compare')
      .option('--exit-code', 'end with 1 when something changed')
      .option('-o, --output <path>', 'file, or folder for several documents'),
    diff,
  )
}

function diff(session: Session, options: DiffOptions, before: string, after: string): ExitCode {
  const format = formatOf(options.format ?? (session.isJson ? 'json' : 'text'))
  const pairs = flowPairs(reviewed(session, before), reviewed(session, after), options.flow)
  const comparisons = pairs.flatMap(({ before: old, after: now }) =>
    old === undefined || now === undefined ? [] : [compareReviews(old, now)],
  )
  const lone = pairs.filter((pair) => pair.before === undefined || pair.after === undefined)
  if (format === 'json') session.printJson('diff/1', jsonOf(comparisons, lone))
  else writeDocuments(session, documentsOf(comparisons, lone, format, session), options.output)
  const isChanged = lone.length > 0 || comparisons.some(({ changes }) => changes.length > 0)
  return options.exitCode === true && isChanged ? exitCodes.wrong : exitCodes.good
}

function formatOf(written: string): Format {
  const found = formats.find((known) => known === written)
  if (found !== undefined) return found
  throw new FlowsteadError('Cli.Usage', `There is no format ${quoted(written)}.`, {
    hint: `There are: ${formats.join(', ')}.`,
  })
}

/** @throws `Cli.Unreadable` when a path holds no flow, with the first reason. */
function reviewed(session: Session, path: string): readonly FlowReview[] {
  const facts = reviewFacts(session)
  const { flows, findings } = review(
    readFlowPaths([path], session.io.cwd),
    facts === undefined ? {} : { facts },
  )
  if (flows.length > 0) return flows
  throw new FlowsteadError(
    'Cli.Unreadable',
    `${quoted(path)} holds no flow. ${findings[0]?.message ?? ''}`.trim(),
  )
}

function loneText({ before, after }: FlowPair): string {
  return before === undefined
    ? `+ new flow ${quoted(after?.flow.name)}\n`
    : `- deleted flow ${quoted(before.flow.name)}\n`
}

function documentsOf(
  comparisons: readonly Comparison[],
  lone: readonly FlowPair[],
  format: Exclude<Format, 'json'>,
  session: Session,
) {
  if (format === 'html') {
    const date = new Date().toISOString().slice(0, 10)
    return comparisons.map((comparison, index) => ({
      name: `changes-${index + 1}.html`,
      text: renderComparison(comparison, { date }),
    }))
  }
  const texts = comparisons.map((comparison) =>
    format === 'md' ? renderComparisonMarkdown(comparison) : diffText(comparison, session.paint),
  )
  return [{ name: `changes.${format}`, text: [...texts, ...lone.map(loneText)].join('\n') }]
}

function jsonOf(comparisons: readonly Comparison[], lone: readonly FlowPair[]): object {
  const named = (pair: FlowPair, side: 'before' | 'after') =>
    pair[side] === undefined ? [] : [{ id: pair[side].flow.id, name: pair[side].flow.name }]
  return {
    flows: comparisons,
    added: lone.flatMap((pair) => named(pair, 'after')),
    removed: lone.flatMap((pair) => named(pair, 'before')),
  }
}
