import type { RunningServer, ServerOptions } from './start-server.ts'

/**
 * Starts a server on a project and its data folder. All it is made of is loaded now: whoever only looks at a project
 * or asks a server that runs loads none of it.
 * @throws `Server.PortTaken`, `Server.DataNotWritable`, `Server.DataLocked`, `Service.PortTaken` …
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const server = await import('./start-server.ts')
  return server.startServer(options)
}
