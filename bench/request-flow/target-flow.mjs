// A server with one Request flow of five pure actions and a Response, its journal on disk, synchronous=FULL.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProject, startServer } from '@flowstead/server'

const folder = mkdtempSync(join(tmpdir(), 'flowstead-bench-'))
cpSync(fileURLToPath(new URL('flows', import.meta.url)), join(folder, 'bench'), { recursive: true })
writeFileSync(join(folder, 'flowstead.json'), JSON.stringify({ flows: ['bench/*.json'], connectors: [] }))

const server = await startServer({ project: findProject(folder), mode: 'dev', only: [], port: 0 })
const [flow] = server.flows()
const { port } = new URL(server.url)
const url = new URL(flow.triggers[0].url)
process.send({ ready: { port: Number(port), path: url.pathname + url.search } })
process.on('message', () => process.send({ cpu: process.cpuUsage() }))
process.on('disconnect', async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
  process.exit()
})
