import { openConnectorLibrary } from '@flowstead/connectors'
import { formatProblem } from './problem-text.ts'
import type { Session } from './session.ts'

/** Names on stderr the connector folders of the project that are of no use; the others work without them. */
export function tellBrokenConnectors(session: Session): void {
  for (const problem of openConnectorLibrary(session.project().connectors).loadAll().problems) {
    const { folder, message, line, column } = problem
    const text = formatProblem(
      {
        code: 'Connector.Broken',
        severity: 'warning',
        message,
        file: folder,
        pointer: '',
        ...(line === undefined ? {} : { line }),
        ...(column === undefined ? {} : { column }),
      },
      session.paint,
    )
    session.io.stderr(text)
  }
}
