import type { Command } from 'commander'
import { type Check, checkAll } from '../checks.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Session } from '../session.ts'
import type { Shell } from '../shell.ts'
import { formatTable } from '../table.ts'

/** `doctor`: what on this machine would keep Flowstead from working. */
export function addDoctorCommand(program: Command, shell: Shell): void {
  shell.handle(
    program
      .command('doctor')
      .description('Checks this machine: Node, project, data folder, ports, server, services.'),
    runDoctor,
  )
}

async function runDoctor(session: Session): Promise<ExitCode> {
  const checks = await checkAll(session)
  if (session.isJson) session.printJson('doctor/1', { checks })
  else session.print(formatTable(checks.flatMap((check) => checkRows(check, session))))
  return checks.every(({ ok }) => ok) ? exitCodes.good : exitCodes.wrong
}

function checkRows({ name, ok, message, fix }: Check, { paint }: Session): string[][] {
  const row = [ok ? paint.good('ok') : paint.bad('problem'), name, message]
  return fix === undefined ? [row] : [row, ['', '', `fix: ${fix}`]]
}
