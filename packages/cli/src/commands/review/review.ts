import { quoted } from '@flowstead/errors'
import {
  type Finding,
  type FlowReview,
  githubAnnotations,
  type ReviewOfFiles,
  review,
  reviewJson,
  sarifLog,
} from '@flowstead/review'
import type { Command } from 'commander'
import { type ExitCode, exitCodes } from '../../exit-code.ts'
import { formatProblem } from '../../problem-text.ts'
import type { Session } from '../../session.ts'
import { collect } from '../../set-member.ts'
import type { Shell } from '../../shell.ts'
import { cliVersion } from '../../version.ts'
import { reviewFacts } from './connector-facts.ts'
import { reviewDocuments } from './documents.ts'
import { readSteering, type Steering } from './input.ts'
import { readNamedFiles } from './named-files.ts'
import {
  documentOf,
  documents,
  type Format,
  formatOf,
  formats,
  type ReviewCommandOptions,
} from './options.ts'
import { writeDocuments } from './output.ts'
import { reviewText } from './review-text.ts'

/** `review <paths…>`. */
export function addReviewCommand(program: Command, shell: Shell): void {
  shell.handle(
    program
      .command('review')
      .description(
        'Reviews flow files: score, findings, documents, diagrams. Nothing is run and nothing leaves the machine.',
      )
      .argument('<paths...>', '.json or .zip files, or folders of them; - reads stdin')
      .option('--format <name>', `${formats.join(', ')}; default: text`)
      .option('--document <name>', `what html and md show: ${documents.join(', ')}`, 'review')
      .option(
        '--config <path>',
        'figures in the form of the product (file, folder or zip), or a JSON file with "rules"; repeatable',
        collect,
        [],
      )
      .option('--profile <name>', 'whose figures: documented or as-shipped', 'documented')
      .option('--min-score <n>', 'fail when a flow has fewer points')
      .option('--warn <rule>', 'let a rule warn at most; repeatable', collect, [])
      .option('--allow <rule>', 'leave a rule out; repeatable', collect, [])
      .option('--strict', 'fail on warnings too')
      .option('--baseline <file>', 'JSON output of an earlier review: what it knows does not fail')
      .option('--notes', 'print findings of severity info too')
      .option('-o, --output <path>', 'file, or folder for several documents'),
    reviewPaths,
  )
}

async function reviewPaths(
  session: Session,
  options: ReviewCommandOptions,
  paths: readonly string[],
): Promise<ExitCode> {
  const format = formatOf(options.format, session.isJson)
  const document = documentOf(options.document, format)
  const steering = readSteering(options, session.io.cwd)
  const facts = reviewFacts(session)
  const files = await readNamedFiles(session, paths)
  const reviewed = review(files, {
    ...steering,
    ...(facts === undefined ? {} : { facts }),
  })
  const problems = [...steering.problems, ...reviewed.problems]
  for (const problem of problems) session.io.stderr(formatProblem(problem, session.paint))
  if (problems.length > 0) return exitCodes.unusable
  for (const { file, pointer, rule } of reviewed.unused)
    session.say(`${file}${pointer}: no finding of ${rule} is left to accept.`)
  const text = wholeText(reviewed, format, { session, options, steering })
  const written =
    text === undefined
      ? await reviewDocuments(reviewed, { format, document }, new Date().toISOString().slice(0, 10))
      : [{ name: `review.${extensions[format] ?? format}`, text }]
  writeDocuments(session, written, { output: options.output, inputs: files.map(({ name }) => name) })
  const low = flowsBelow(reviewed, steering)
  for (const { identity, score } of low)
    session.say(`${quoted(identity.name)} has a score of ${score}, below ${steering.minScore}.`)
  const isFailed = low.length > 0 || hasFailingFindings(reviewed, steering, options.strict === true)
  return isFailed ? exitCodes.wrong : exitCodes.good
}

/** Of formats that are not named as their files are. */
const extensions: Readonly<Partial<Record<Format, string>>> = { text: 'txt', github: 'txt' }

interface Call {
  readonly session: Session
  readonly options: ReviewCommandOptions
  readonly steering: Steering
}

/** The formats that hold the whole review in one text. */
function wholeText(
  reviewed: ReviewOfFiles,
  format: Format,
  { session, options, steering: { baseline } }: Call,
): string | undefined {
  if (format === 'text')
    return reviewText(reviewed, { notes: options.notes === true, baseline }, session.paint)
  if (format === 'json') return jsonText({ schema: 'review/1', ...reviewJson(reviewed, baseline) })
  if (format === 'sarif') return jsonText(sarifLog(reviewed, cliVersion(), baseline))
  if (format !== 'github') return undefined
  return githubAnnotations(
    findingsOf(reviewed).filter(({ fingerprint }) => baseline?.has(fingerprint) !== true),
  )
}

function jsonText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

function findingsOf(reviewed: ReviewOfFiles): readonly Finding[] {
  return [...reviewed.flows.flatMap(({ findings }) => findings), ...reviewed.findings]
}

function flowsBelow({ flows }: ReviewOfFiles, { minScore }: Steering): readonly FlowReview[] {
  return minScore === undefined ? [] : flows.filter(({ score }) => score < minScore)
}

/** Errors fail, and warnings when strict; what the baseline knows does not. */
function hasFailingFindings(reviewed: ReviewOfFiles, { baseline }: Steering, isStrict: boolean): boolean {
  return findingsOf(reviewed).some(
    ({ fingerprint, severity }) =>
      baseline?.has(fingerprint) !== true && (severity === 'error' || (isStrict && severity === 'warning')),
  )
}
