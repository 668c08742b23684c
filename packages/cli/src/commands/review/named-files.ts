import { resolve } from 'node:path'
import { FlowsteadError } from '@flowstead/errors'
import { type FlowFile, readFlowPaths } from '../../flow-files.ts'
import type { Session } from '../../session.ts'

/** Stands for what comes in on stdin. */
export const stdinPath = '-'

/**
 * The files that `paths` name, each once however often it is named; `-` reads one JSON text from stdin.
 * @throws `Cli.Usage` for an empty path and a zip on stdin, `Cli.Unreadable`
 */
export async function readNamedFiles(session: Session, paths: readonly string[]): Promise<FlowFile[]> {
  const { cwd } = session.io
  if (paths.some((path) => path.trim() === '')) {
    throw new FlowsteadError('Cli.Usage', 'A path is empty.', {
      hint: 'Name files or folders; "." is the folder you are in.',
    })
  }
  const isStdinNamed = paths.includes(stdinPath)
  const named = readFlowPaths(
    paths.filter((path) => path !== stdinPath),
    cwd,
  )
  const once = new Map(named.map((file) => [resolve(cwd, file.name), file]))
  return [...(isStdinNamed ? [await readStdin(session)] : []), ...once.values()]
}

async function readStdin({ io }: Session): Promise<FlowFile> {
  const text = await io.readStdin()
  if (text.startsWith('PK\u0003\u0004')) {
    throw new FlowsteadError('Cli.Usage', 'A zip cannot be read from stdin.', {
      hint: 'Save it as a file and name that.',
    })
  }
  return { name: 'stdin', bytes: new TextEncoder().encode(text) }
}
