import { FlowsteadError, isFlowsteadError } from '@flowstead/errors'
import { CommanderError } from 'commander'
import { exitCodeOf, exitCodes } from './exit-code.ts'
import { type Io, processIo } from './io.ts'
import { createPaint } from './paint.ts'
import { formatError } from './problem-text.ts'
import { buildProgram } from './program.ts'
import { createShell, type Shell } from './shell.ts'

/** Commander's codes for output that was asked for. */
const wantedOutput = new Set(['commander.helpDisplayed', 'commander.version'])

/**
 * Runs one command line (without `node` and the script) and gives the exit code: 0 good, 1 wrong, 2 usage,
 * 3 server not reachable, 4 unusable input, port or folder, 5 refused, 130 interrupted. Never rejects.
 */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  const shell = createShell(io)
  try {
    const program = await buildProgram(shell, argv)
    await program.parseAsync(argv, { from: 'user' })
    return shell.exitCode
  } catch (error) {
    if (error instanceof CommanderError)
      return wantedOutput.has(error.code) ? exitCodes.good : exitCodes.usage
    report(error, shell)
    return exitCodeOf(error)
  }
}

function report(error: unknown, shell: Shell): void {
  const known = isFlowsteadError(error) ? error : unexpected(error, shell.io)
  const paint = shell.session?.paint ?? createPaint('plain')
  shell.io.stderr(formatError(known, paint))
  if (shell.session?.isJson) shell.session.printJson('error/1', { error: known.toJSON() })
}

function unexpected(error: unknown, io: Io): FlowsteadError {
  const message = error instanceof Error ? error.message : String(error)
  if (io.env.FLOWSTEAD_DEBUG && error instanceof Error) io.stderr(`${error.stack}\n`)
  return new FlowsteadError('Cli.Unexpected', `Something went wrong that should not: ${message}`, {
    hint: 'Set FLOWSTEAD_DEBUG=1 to see where; please report it.',
  })
}
