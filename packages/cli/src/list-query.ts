import { FlowsteadError, quoted } from '@flowstead/errors'
import { findFlow } from './find-flow.ts'
import type { Session } from './session.ts'

/** What lists of the server take: at most so many, of one flow, and filters that are passed on as they are. */
export interface ListOptions {
  readonly limit: string
  /** Id or name. */
  readonly flow?: string
}

/**
 * The query of a list; the server is asked only when a flow is named.
 * @throws `Cli.Usage` for a limit that is none, `Cli.NotFound`, `Cli.Ambiguous`
 */
export async function listQuery<Options extends ListOptions>(
  session: Session,
  options: Options,
  filters: readonly (keyof Options & string)[],
): Promise<URLSearchParams> {
  const limit = Number(options.limit)
  if (!Number.isInteger(limit) || limit < 1) {
    throw new FlowsteadError('Cli.Usage', `--limit ${quoted(options.limit)} is not a whole number above 0.`)
  }
  const query = new URLSearchParams({ limit: String(limit) })
  if (options.flow !== undefined) query.set('flow', (await findFlow(session.server(), options.flow)).id)
  for (const name of filters) if (options[name] !== undefined) query.set(name, String(options[name]))
  return query
}
