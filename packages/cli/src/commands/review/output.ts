import { existsSync, mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { FlowsteadError, quoted } from '@flowstead/errors'
import { plural } from '../../problem-text.ts'
import type { Session } from '../../session.ts'
import type { ReviewDocument } from './documents.ts'

/** Where documents go. */
export interface Destination {
  /** File or folder as written; `undefined` is stdout. */
  readonly output: string | undefined
  /** Names of the files that were read: no document may take their place. */
  readonly inputs: readonly string[]
}

/**
 * Writes documents to `output`: one to a file or into a folder, several into a folder; without `output` one to stdout.
 * @throws `Cli.Usage` for several documents without a folder and for a document over a file that was read,
 * `Cli.Unwritable`
 */
export function writeDocuments(
  session: Session,
  documents: readonly ReviewDocument[],
  { output, inputs }: Destination,
): void {
  const [only] = documents
  if (output === undefined) {
    if (documents.length <= 1) {
      session.print(only?.text ?? '')
      return
    }
    throw new FlowsteadError('Cli.Usage', `There are ${documents.length} documents.`, {
      hint: 'Say with -o into which folder they go.',
    })
  }
  const { cwd } = session.io
  const isFile = documents.length === 1 && !isFolder(resolve(cwd, output), output)
  const places = documents.map(({ name, text }) => ({ place: isFile ? output : join(output, name), text }))
  const read = new Set(inputs.map((input) => realPath(resolve(cwd, input))))
  for (const { place } of places) if (read.has(realPath(resolve(cwd, place)))) throw wouldReplace(place)
  for (const { place, text } of places) writeOne(resolve(cwd, place), text)
  session.say(
    `${plural(places.length, 'document')} written to ${places.length === 1 ? places[0]?.place : output}`,
  )
}

/** One name for a file, however it is reached. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync.native(path) : path
}

function wouldReplace(place: string): FlowsteadError {
  return new FlowsteadError('Cli.Usage', `The document would replace ${quoted(place)}, which was read.`, {
    hint: 'Say with -o another file or folder.',
  })
}

/** What is there decides; else a slash at the end, or a name without an extension. */
function isFolder(path: string, written: string): boolean {
  if (existsSync(path)) return statSync(path).isDirectory()
  return /[/\\]$/.test(written) || !/\.[^./\\]+$/.test(written)
}

function writeOne(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    throw new FlowsteadError(
      'Cli.Unwritable',
      `${quoted(path)} cannot be written (${code ?? String(cause)}).`,
      {
        cause,
        hint: 'Say with -o another file or folder.',
      },
    )
  }
}
