import { FlowsteadError, quoted } from '@flowstead/errors'
import { type FlowPlan, history, type RunEvent, type RunHistory } from '@flowstead/machine'
import type { RunFilter, RunId, Runner, RunSummary } from '@flowstead/runner'
import type { StoredEvent } from '@flowstead/store-sqlite'
import type { FastifyInstance } from 'fastify'
import type { FlowBook } from '../flows/flow-book.ts'
import { actionProperties, actionsByName, listedRun, runResource } from '../runs/run-record.ts'
import type { Firings } from '../triggers/firing.ts'
import { type Query, statusesOf, wholeOf } from './query.ts'

export interface RunRoutes {
  readonly book: FlowBook
  readonly runner: Runner
  readonly firings: Firings
  readonly journal: (run: RunId) => readonly RunEvent[]
  /** The event that started the run. */
  readonly eventOf: (run: RunId) => StoredEvent | undefined
  /** Resolves when the run has ended, or after the time given. */
  readonly untilEnded: (run: RunId, ms: number) => Promise<void>
}

interface RunParams {
  readonly id: string
  readonly name?: string
}

const statuses: readonly RunSummary['status'][] = [
  'Running',
  'Waiting',
  'Succeeded',
  'Failed',
  'TimedOut',
  'Cancelled',
]
const longestWaitSeconds = 120

/** `/api/runs…`: lists come from the store's summaries, everything about one run from a replay of its journal. */
export function registerRunRoutes(app: FastifyInstance, routes: RunRoutes): void {
  const { runner, book } = routes
  const config = { config: { access: 'token' as const } }

  app.get('/api/runs', config, async ({ query }) => ({
    schema: 'runs/1',
    value: runner.list(filterOf(query as Query)).map((run) => listedRun(run, nameOf(book, run))),
  }))

  app.get('/api/runs/:id', config, async ({ params }) => record(routes, (params as RunParams).id))

  app.get('/api/runs/:id/wait', config, async ({ params, query }) => {
    const { id } = params as RunParams
    const asked = Number((query as Record<string, unknown>).seconds ?? 30)
    const seconds = Number.isFinite(asked) ? Math.min(Math.max(asked, 0), longestWaitSeconds) : 30
    if (summaryOf(runner, id).endedAt === null) await routes.untilEnded(id, seconds * 1000)
    return record(routes, id)
  })

  app.get('/api/runs/:id/actions', config, async ({ params }) => {
    const { actions } = historyOf(routes, (params as RunParams).id)
    return { schema: 'actions/1', value: actionsByName(actions) }
  })

  app.get('/api/runs/:id/actions/:name', config, async ({ params }) => {
    const { id, name = '' } = params as RunParams
    const found = actionsNamed(historyOf(routes, id), name)
    return {
      schema: 'action/1',
      name: found[0]?.name,
      ...(actionsByName(found)[found[0]?.name ?? ''] as object),
    }
  })

  app.get('/api/runs/:id/actions/:name/repetitions', config, async ({ params }) => {
    const { id, name = '' } = params as RunParams
    return { schema: 'repetitions/1', value: actionsNamed(historyOf(routes, id), name).map(actionProperties) }
  })

  app.post('/api/runs/:id/cancel', config, async ({ params }) => {
    const { id } = params as RunParams
    const summary = summaryOf(runner, id)
    if ((await runner.cancel(id, 'api')) === 'ended') {
      throw new FlowsteadError('Runner.RunEnded', `Run ${id} has ended as ${summary.status}.`)
    }
    return record(routes, id)
  })

  app.post('/api/runs/:id/resubmit', config, async ({ params }, reply) => {
    const { id } = params as RunParams
    const { flowId, triggerName } = summaryOf(runner, id)
    const [first] = routes.journal(id)
    const outputs = first?.type === 'triggered' ? first.trigger.outputs : undefined
    const fired = await routes.firings.fire(book.get(flowId), {
      trigger: triggerName,
      origin: id,
      ...(outputs === undefined ? {} : { outputs }),
    })
    const run = fired.status === 'Started' ? fired.runs[0]?.id : undefined
    return reply.code(202).send({ schema: 'started/1', run })
  })
}

function record(routes: RunRoutes, id: RunId): Record<string, unknown> {
  const event = routes.eventOf(id)
  return { schema: 'run/1', ...runResource(historyOf(routes, id), summaryOf(routes.runner, id), event) }
}

function historyOf({ runner, book, journal }: RunRoutes, id: RunId): RunHistory {
  const { flowVersion } = summaryOf(runner, id)
  const plan: FlowPlan | undefined = book.plan(flowVersion)
  if (plan) return history(plan, journal(id))
  throw new FlowsteadError('Server.NotFound', `The version ${flowVersion} of this run is not stored.`)
}

function summaryOf(runner: Runner, id: RunId): RunSummary {
  const summary = runner.summary(id)
  if (summary) return summary
  throw new FlowsteadError('Server.NotFound', `There is no run ${quoted(id)}.`, {
    hint: 'flowstead run list shows the runs of this server.',
  })
}

function actionsNamed({ actions }: RunHistory, name: string): RunHistory['actions'] {
  const found = actions.filter((action) => action.name.toLowerCase() === name.toLowerCase())
  if (found.length > 0) return found
  throw new FlowsteadError('Server.NotFound', `The run has no action ${quoted(name)}.`)
}

const nameOf = (book: FlowBook, { flowId }: RunSummary): string => book.find(flowId)?.flow.name ?? flowId

function filterOf({ before, flow, limit, status }: Query): RunFilter {
  const wanted = statusesOf(status, statuses)
  return {
    ...(typeof flow === 'string' && flow !== '' ? { flowId: flow } : {}),
    ...(wanted.length > 0 ? { statuses: wanted } : {}),
    ...(typeof before === 'string' && before !== '' ? { before } : {}),
    ...(limit === undefined ? {} : { limit: wholeOf(limit, 'limit', 1, 1000) }),
  }
}
