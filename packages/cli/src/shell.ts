import { Command } from 'commander'
import type { ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { createSession, type GlobalOptions, type Session } from './session.ts'

/** What a command does: its session, its own options, then its arguments in order. */
export type Handler<Options, Args extends readonly unknown[]> = (
  session: Session,
  options: Options,
  ...args: Args
) => ExitCode | Promise<ExitCode>

/** Joins commander's calls to our handlers and keeps the exit code of the one that ran. */
export interface Shell {
  readonly io: Io
  exitCode: ExitCode
  /** Session of the command that ran, for reporting its error. */
  session: Session | undefined
  /** Registers `handler` as what `command` does and gives it `--json`. */
  handle<Options, Args extends readonly unknown[]>(command: Command, handler: Handler<Options, Args>): void
}

export function createShell(io: Io): Shell {
  const shell: Shell = {
    io,
    exitCode: 0,
    session: undefined,
    handle<Options, Args extends readonly unknown[]>(command: Command, handler: Handler<Options, Args>) {
      command.option('--json', 'print one JSON document that names its schema')
      command.action(async (...call: unknown[]) => {
        const self = call.at(-1)
        if (!(self instanceof Command)) throw new TypeError('commander passes the command last')
        // Commander knows the options only as text; each command declares what it defined itself.
        const options = self.optsWithGlobals() as GlobalOptions & Options
        shell.session = createSession(io, options)
        const args = call.slice(0, -2) as unknown as Args
        shell.exitCode = await handler(shell.session, options, ...args)
      })
    },
  }
  return shell
}
