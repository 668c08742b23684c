import type { RunningServer } from '@flowstead/server'
import { type ExitCode, exitCodes } from './exit-code.ts'
import type { Session } from './session.ts'

/**
 * Keeps a server going until Ctrl-C, SIGTERM or a stop over the API, then closes it gracefully. Ctrl-C also
 * ends what `whenUp` still does.
 * @returns 130 after Ctrl-C, else 0
 */
export async function serveUntilStopped(
  server: RunningServer,
  session: Session,
  whenUp: () => Promise<void>,
): Promise<ExitCode> {
  const stopped = server.stopped.then(() => 'stopped' as const)
  const end = Promise.race([session.io.interrupted(), stopped])
  let why: 'stopped' | 'SIGINT' | 'SIGTERM'
  try {
    const shown = whenUp().then(() => 'shown' as const)
    const first = await Promise.race([shown, end])
    // What is still being shown fails once the server is gone; the person has left, so nobody needs to know.
    if (first !== 'shown') shown.catch(() => undefined)
    why = first === 'shown' ? await end : first
    if (why !== 'stopped') session.say('Stopping …')
  } finally {
    await server.close()
  }
  return why === 'SIGINT' ? exitCodes.interrupted : exitCodes.good
}
