/** The start screen: says only what answers. Every address on it was requested before it is printed. */
import { connect } from 'node:net'
import type { RunningServer } from '@flowstead/server'
import { localServices } from '@flowstead/server'
import { createApiClient } from './api-client.ts'
import type { Paint } from './paint.ts'
import { shortest } from './printed-command.ts'
import type { FlowSummary } from './records.ts'
import { formatTable } from './table.ts'
import { cliVersion } from './version.ts'

export interface StartScreen {
  readonly server: RunningServer
  readonly flows: readonly FlowSummary[]
  readonly cwd: string
  readonly paint: Paint
}

/** The screen as text, after each address on it has answered. */
export async function formatStartScreen({ server, flows, cwd, paint }: StartScreen): Promise<string> {
  const on = flows.filter(({ state }) => state === 'on')
  const data = shortest(server.data, cwd)
  const head = [paint.strong(`Flowstead ${cliVersion()}`), `data: ${data} (kept)`, 'Ctrl-C stops'].join('   ')
  const flowRows = await Promise.all(on.map((flow) => flowRow(flow)))
  return [
    `${head}\n`,
    formatTable(await addressRows(server, data), '  '),
    `Flows (${on.length} on, ${flows.length - on.length} off)\n`,
    formatTable(flowRows, '  '),
  ].join('')
}

/** Columns: group, title, address with its note: a long address must not push the notes of the others away. */
async function addressRows(server: RunningServer, data: string): Promise<string[][]> {
  const api = `${server.url}/api`
  const isUp = await answers(api, { authorization: `Bearer ${server.token}` })
  const rows = isUp
    ? [['Server', 'API', `${api}   token in ${data}/server.json`], ...(await eventRows(server))]
    : []
  const services = await Promise.all(server.services.map(serviceRow))
  const running = services.filter((row) => row !== undefined)
  return [...rows, ...running.map((row, index) => [index === 0 ? 'Services' : '', ...row])]
}

/** The link is good for one browser, so the page behind it is asked for instead. */
async function eventRows({ token, url }: RunningServer): Promise<string[][]> {
  if (!(await answers(`${url}/events`, { authorization: `Bearer ${token}` }))) return []
  const link = await createApiClient(url, token).send<{ url: string }>('/api/links', { method: 'POST' })
  return [['', 'Events', `${link.url}   opens once`]]
}

async function serviceRow(service: RunningServer['services'][number]): Promise<string[] | undefined> {
  const title = localServices.find(({ name }) => name === service.name)?.title ?? service.name
  const { smtp } = service.ports
  const also = smtp !== undefined && (await accepts(smtp)) ? `   SMTP 127.0.0.1:${smtp}` : ''
  for (const page of ['/docs', '/health']) {
    if (await answers(service.url + page)) return [title, service.url + page + also]
  }
  return undefined
}

async function flowRow(flow: FlowSummary): Promise<string[]> {
  const titles = flow.triggers.map(({ title }) => title).join('; ')
  const [url] = flow.triggers.flatMap((trigger) => trigger.url ?? [])
  const [next] = flow.triggers.flatMap((trigger) => trigger.next ?? [])
  // A trigger address that answers a GET with 405 is there, and nothing was started by asking.
  const isUp = url !== undefined && (await answers(url, {}, [405]))
  return [
    flow.name,
    titles,
    isUp ? url : next === undefined ? '' : `next ${next.slice(0, 19).replace('T', ' ')} UTC`,
  ]
}

async function answers(url: string, headers: Record<string, string> = {}, accept: readonly number[] = []) {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(3000) })
    await response.body?.cancel()
    return response.ok || accept.includes(response.status)
  } catch {
    // Nobody there is an answer to the question asked here.
    return false
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 3000 })
    const settle = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
    socket.once('timeout', () => settle(false))
  })
}
