import { Command } from 'commander'
import { addConnectionCommands } from './commands/connection.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addDevCommand } from './commands/dev.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addEvalCommand } from './commands/eval.ts'
import { addEventCommands } from './commands/event.ts'
import { addFlowCommands } from './commands/flow.ts'
import { addImportCommand } from './commands/import.ts'
import { addReviewCommand } from './commands/review/review.ts'
import { addRunCommands } from './commands/run.ts'
import { addServiceCommands } from './commands/service.ts'
import { addStartCommand } from './commands/start.ts'
import { addTriggerCommands } from './commands/trigger.ts'
import type { Shell } from './shell.ts'
import { cliVersion } from './version.ts'

/** The whole command tree; `docs/reference/cli.md` is made from it. */
export function buildProgram(shell: Shell): Command {
  const program = new Command('flowstead')
    .description('Runs Power Automate and Logic Apps flows on your own machine.')
    .version(cliVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .option('--dir <folder>', 'project folder; default: the nearest one with a flowstead.json')
    .option('--data <folder>', 'data folder; default: the one flowstead.json names')
    .option('--server <url>', 'server to talk to; default: the one that runs on the data folder')
    .option('--token-file <file>', 'file with the token of that server')
    .option('-q, --quiet', 'results and errors only')
    .option('--no-color', 'no colours, as with NO_COLOR')
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: shell.io.stdout, writeErr: shell.io.stderr })
  addDevCommand(program, shell)
  addStartCommand(program, shell)
  addDemoCommand(program, shell)
  addImportCommand(program, shell)
  addFlowCommands(program, shell)
  addReviewCommand(program, shell)
  addRunCommands(program, shell)
  addTriggerCommands(program, shell)
  addEventCommands(program, shell)
  addServiceCommands(program, shell)
  addConnectionCommands(program, shell)
  addEvalCommand(program, shell)
  addDoctorCommand(program, shell)
  return program
}
