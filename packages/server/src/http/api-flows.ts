import { FlowsteadError, quoted } from '@flowstead/errors'
import type { Value } from '@flowstead/expressions'
import type { FastifyInstance } from 'fastify'
import type { FlowBook } from '../flows/flow-book.ts'
import type { FlowService } from '../flows/flow-service.ts'
import type { ImportFile } from '../import/import-plan.ts'
import type { Firings } from '../triggers/firing.ts'

export interface FlowRoutes {
  readonly book: FlowBook
  readonly flows: FlowService
  readonly firings: Firings
  readonly urlOf: (flowId: string, trigger: string) => string
}

interface FlowParams {
  readonly id: string
  readonly name: string
}

/** Archives may be larger than what triggers take. */
const importLimit = 150_000_000

/** `/api/flows…`: import, list, turn on and off, and start by hand. */
export function registerFlowRoutes(app: FastifyInstance, { book, flows, firings, urlOf }: FlowRoutes): void {
  const config = { config: { access: 'token' as const } }
  const triggerOf = ({ id, name }: FlowParams) => {
    const booked = book.get(id)
    const trigger = booked.flow.triggers.find((one) => one.name.toLowerCase() === name.toLowerCase())
    if (trigger) return { booked, trigger }
    throw new FlowsteadError('Server.NotFound', `Flow "${booked.flow.name}" has no trigger ${quoted(name)}.`)
  }

  app.get('/api/flows', config, async () => ({ schema: 'flows/1', value: flows.list() }))

  app.get('/api/flows/:id', config, async ({ params }) => {
    const booked = book.get((params as FlowParams).id)
    return {
      schema: 'flow/1',
      ...flows.show(booked),
      definition: booked.flow.definition,
      connectionReferences: Object.fromEntries(booked.flow.connectionReferences),
    }
  })

  app.post('/api/flows/import', { ...config, bodyLimit: importLimit }, async ({ body }, reply) => {
    const request = importRequest(body)
    const result = await flows.import(request)
    const answer = {
      schema: 'import/1',
      ...result,
      flows: result.flows.map((flow) => ({ ...flow, state: book.find(flow.id)?.state ?? 'off' })),
    }
    return reply.code(result.imported || request.plan ? 200 : 422).send(answer)
  })

  app.post('/api/flows/:id/enable', config, async ({ params }) => flows.turnOn((params as FlowParams).id))
  app.post('/api/flows/:id/disable', config, async ({ params }) => flows.turnOff((params as FlowParams).id))

  app.get('/api/flows/:id/triggers/:name/url', config, async ({ params }) => {
    const { booked, trigger } = triggerOf(params as FlowParams)
    return { schema: 'trigger-url/1', url: urlOf(booked.flow.id, trigger.name), method: 'POST' }
  })

  app.post('/api/flows/:id/triggers/:name/run', config, async ({ params, body }, reply) => {
    const { booked, trigger } = triggerOf(params as FlowParams)
    const outputs = typeof body === 'object' && body !== null ? (body as { [key: string]: Value }) : {}
    const fired = await firings.fire(booked, { trigger: trigger.name, outputs: { headers: {}, ...outputs } })
    if (fired.status === 'Skipped')
      return reply.code(202).send({ schema: 'started/1', run: null, reason: fired.reason })
    return reply.code(202).send({ schema: 'started/1', run: fired.runs[0]?.id })
  })
}

function importRequest(body: unknown) {
  const { files, plan, on, replace } = (body ?? {}) as Record<string, unknown>
  if (!Array.isArray(files) || files.length === 0) {
    throw new FlowsteadError('Server.BadRequest', 'The request names no files.', {
      path: 'files',
      hint: 'Send {"files":[{"name":"…","content":"<base64>"}]}.',
    })
  }
  return { files: files.map(importFile), plan: plan === true, on: on === true, replace: replace === true }
}

function importFile(file: unknown, index: number): ImportFile {
  const { name, content } = (file ?? {}) as Record<string, unknown>
  if (typeof name === 'string' && name !== '' && typeof content === 'string') {
    return { name, bytes: Buffer.from(content, 'base64') }
  }
  throw new FlowsteadError('Server.BadRequest', 'A file needs a name and its content in Base64.', {
    path: `files/${index}`,
  })
}
