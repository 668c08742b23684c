import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { FlowsteadError, quoted } from '@flowstead/errors'
import { plural } from '../../problem-text.ts'
import type { Session } from '../../session.ts'
import type { ReviewDocument } from './documents.ts'

/**
 * Writes documents to `output`: one to a file or into a folder, several into a folder; without `output` one to stdout.
 * @throws `Cli.Usage` for several documents without a folder, `Cli.Unwritable`
 */
export function writeDocuments(
  session: Session,
  documents: readonly ReviewDocument[],
  output: string | undefined,
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
  const path = resolve(session.io.cwd, output)
  if (documents.length === 1 && only !== undefined && !isFolder(path, output)) writeOne(path, only.text)
  else for (const { name, text } of documents) writeOne(join(path, name), text)
  session.say(`${plural(documents.length, 'document')} written to ${output}`)
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
