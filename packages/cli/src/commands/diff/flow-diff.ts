import { join } from 'node:path'
import { FlowsteadError, quoted } from '@flowstead/errors'
import {
  type Comparison,
  compareReviews,
  renderComparison,
  renderComparisonMarkdown,
  review,
} from '@flowstead/review'
import type { Command } from 'commander'
import { type ExitCode, exitCodes } from '../../exit-code.ts'
import { prettyJson } from '../../pretty-json.ts'
import type { Session } from '../../session.ts'
import type { Shell } from '../../shell.ts'
import { reviewFacts } from '../review/connector-facts.ts'
import type { ReviewDocument } from '../review/documents.ts'
import { readNamedFiles, stdinPath } from '../review/named-files.ts'
import { oneOf } from '../review/options.ts'
import { writeDocuments } from '../review/output.ts'
import { diffText } from './diff-text.ts'
import { type FlowPair, type FlowVersions, flowPairs } from './flow-pairs.ts'

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
      .argument('<before>', '.json, .zip or folder; - reads stdin')
      .argument('<after>', '.json, .zip or folder; - reads stdin')
      .option('--format <name>', `${formats.join(', ')}; default: text`)
      .option('--flow <flow>', 'id or name of the only flow to compare')
      .option('--exit-code', 'end with 1 when something changed')
      .option('-o, --output <path>', 'file, or folder for several documents'),
    diff,
  )
}

async function diff(
  session: Session,
  options: DiffOptions,
  before: string,
  after: string,
): Promise<ExitCode> {
  const format = oneOf('format', options.format ?? (session.isJson ? 'json' : 'text'), formats)
  if (before === stdinPath && after === stdinPath)
    throw new FlowsteadError('Cli.Usage', 'Only one of the two versions can come from stdin.')
  const [old, now] = [await reviewed(session, before), await reviewed(session, after)]
  const pairs = flowPairs(old, now, options.flow)
  const comparisons = pairs.flatMap(({ before: old, after: now }) =>
    old === undefined || now === undefined ? [] : [compareReviews(old, now)],
  )
  const lone = pairs.filter((pair) => pair.before === undefined || pair.after === undefined)
  writeDocuments(session, documentsOf(comparisons, lone, format, session), {
    output: options.output,
    inputs: [...old.inputs, ...now.inputs],
  })
  const isChanged = lone.length > 0 || comparisons.some(({ changes }) => changes.length > 0)
  return options.exitCode === true && isChanged ? exitCodes.wrong : exitCodes.good
}

interface Version extends FlowVersions {
  /** Names of the files it was read from. */
  readonly inputs: readonly string[]
}

/** @throws `Cli.Unreadable` when a path holds no flow, with the first reason. */
async function reviewed(session: Session, path: string): Promise<Version> {
  const facts = reviewFacts(session)
  const files = await readNamedFiles(session, [path])
  const { flows, findings } = review(files, facts === undefined ? {} : { facts })
  const root = join(path, 'x').slice(0, -1).replaceAll('\\', '/')
  if (flows.length > 0) return { flows, root, inputs: files.map(({ name }) => name) }
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
  format: Format,
  session: Session,
): readonly ReviewDocument[] {
  if (format === 'json') {
    const text = JSON.stringify({ schema: 'diff/1', ...jsonOf(comparisons, lone) })
    return [{ name: 'changes.json', text: `${prettyJson(text)}\n` }]
  }
  if (format === 'html') {
    // A page compares two versions of one flow: what came or went has none.
    for (const pair of lone) session.say(loneText(pair).trimEnd())
    const date = new Date().toISOString().slice(0, 10)
    return comparisons.map((comparison, index) => ({
      name: `changes-${index + 1}.html`,
      text: renderComparison(comparison, { date }),
    }))
  }
  const texts = comparisons.map((comparison) =>
    format === 'md' ? renderComparisonMarkdown(comparison) : diffText(comparison, session.paint),
  )
  return [
    {
      name: format === 'md' ? 'changes.md' : 'changes.txt',
      text: [...texts, ...lone.map(loneText)].join('\n'),
    },
  ]
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
