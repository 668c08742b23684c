import { isFlowsteadError } from '@flowstead/errors'

/** How the command ends; programs may rely on these. */
export const exitCodes = {
  good: 0,
  /** Readable but wrong: problems found, a run that failed, a thing that does not exist. */
  wrong: 1,
  usage: 2,
  unreachable: 3,
  /** Input, port or data folder that cannot be used. */
  unusable: 4,
  refused: 5,
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Codes of the errors this package throws, with the exit code each ends with. */
const codes: Readonly<Record<string, ExitCode>> = {
  'Cli.Usage': exitCodes.usage,
  'Cli.NoServer': exitCodes.unreachable,
  'Cli.Unreachable': exitCodes.unreachable,
  'Cli.Unreadable': exitCodes.unusable,
  'Cli.Unwritable': exitCodes.unusable,
  'Cli.NotFound': exitCodes.wrong,
  'Cli.Ambiguous': exitCodes.wrong,
  'Cli.StoryFailed': exitCodes.wrong,
}

/** Families of codes that mean: this machine, port, folder or project cannot be used. */
const unusableFamilies = ['Server.', 'Project.', 'Service.', 'Sqlite.', 'Store.']

/** The exit code for an error that ended a command. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!isFlowsteadError(error)) return exitCodes.wrong
  const status = error.details?.httpStatus
  if (status === 401 || status === 403) return exitCodes.refused
  if (status !== undefined) return exitCodes.wrong
  if (Object.hasOwn(codes, error.code)) return codes[error.code] ?? exitCodes.wrong
  return unusableFamilies.some((family) => error.code.startsWith(family))
    ? exitCodes.unusable
    : exitCodes.wrong
}
