import { Command } from 'commander'
import type { Shell } from './shell.ts'
import { cliVersion } from './version.ts'

type AddCommands = (program: Command, shell: Shell) => void

/** By name, in the order of the help; a command is loaded when it is wanted, because each brings much along. */
const commands: Readonly<Record<string, () => Promise<AddCommands>>> = {
  dev: async () => (await import('./commands/dev.ts')).addDevCommand,
  start: async () => (await import('./commands/start.ts')).addStartCommand,
  demo: async () => (await import('./commands/demo.ts')).addDemoCommand,
  import: async () => (await import('./commands/import.ts')).addImportCommand,
  flow: async () => (await import('./commands/flow.ts')).addFlowCommands,
  review: async () => (await import('./commands/review/review.ts')).addReviewCommand,
  run: async () => (await import('./commands/run.ts')).addRunCommands,
  trigger: async () => (await import('./commands/trigger.ts')).addTriggerCommands,
  event: async () => (await import('./commands/event.ts')).addEventCommands,
  service: async () => (await import('./commands/service.ts')).addServiceCommands,
  connection: async () => (await import('./commands/connection.ts')).addConnectionCommands,
  eval: async () => (await import('./commands/eval.ts')).addEvalCommand,
  doctor: async () => (await import('./commands/doctor.ts')).addDoctorCommand,
}

/**
 * The command tree; `docs/reference/cli.md` is made from the whole of it.
 * @param argv words of a command line: commands that it does not name are left out, unless it names none.
 */
export async function buildProgram(shell: Shell, argv: readonly string[]): Promise<Command> {
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
  for (const add of await Promise.all(wanted(argv).map((load) => load()))) add(program, shell)
  return program
}

function wanted(argv: readonly string[]): (() => Promise<AddCommands>)[] {
  const named = Object.entries(commands).filter(([name]) => argv.includes(name))
  return (named.length > 0 ? named : Object.entries(commands)).map(([, load]) => load)
}
