import type { Command, Option } from 'commander'
import type { Io } from './io.ts'
import { buildProgram } from './program.ts'
import { createShell } from './shell.ts'

/** The text of `docs/reference/cli.md`, made from the command tree; a test compares the two. */
export async function cliReference(io: Io): Promise<string> {
  const program = await buildProgram(createShell(io), [])
  return [
    '# Command reference',
    '',
    'Made from the command tree; `npx vitest run packages/cli -u` writes it again.',
    '',
    'Results go to stdout, talk to stderr. `--json` prints one document that names its schema; the schemas are',
    'in [schemas/](schemas/). Exit codes: 0 good; 1 readable but wrong (problems, a failed run, no such thing);',
    '2 wrong usage; 3 server not reachable; 4 unusable input, port, project or data folder; 5 refused; 130 Ctrl-C.',
    '',
    '## Options of every command',
    '',
    ...optionTable(program.options),
    '`FLOWSTEAD_DIR`, `FLOWSTEAD_DATA`, `FLOWSTEAD_SERVER` and `FLOWSTEAD_TOKEN_FILE` stand for missing options;',
    '`NO_COLOR` is honoured.',
    '',
    ...leaves(program, 'flowstead').flatMap(({ name, command }) => section(name, command)),
  ].join('\n')
}

/** Every command that does something, by its full name. */
export function leaves(command: Command, name: string): { name: string; command: Command }[] {
  if (command.commands.length === 0) return [{ name, command }]
  return command.commands.flatMap((child) => leaves(child, `${name} ${child.name()}`))
}

function section(name: string, command: Command): string[] {
  const args = command.registeredArguments.map((argument) => {
    const dots = argument.variadic ? '...' : ''
    return argument.required ? ` <${argument.name()}${dots}>` : ` [${argument.name()}${dots}]`
  })
  const described = command.registeredArguments.filter(({ description }) => description !== '')
  return [
    `## ${name}`,
    '',
    command.description(),
    '',
    '```',
    `${name}${args.join('')} [options]`,
    '```',
    '',
    ...described.map((argument) => `- \`${argument.name()}\`: ${argument.description}`),
    ...(described.length === 0 ? [] : ['']),
    ...optionTable(command.options),
  ]
}

function optionTable(options: readonly Option[]): string[] {
  const rows = options.map(({ flags, description }) => `| \`${flags}\` | ${cell(description)} |`)
  return ['| option | meaning |', '|---|---|', ...rows, '']
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`)
}
