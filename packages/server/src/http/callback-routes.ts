import { timingSafeEqual } from 'node:crypto'
import { FlowsteadError } from '@flowstead/errors'
import type { AwaitCommand, FlowPlan, RunEvent } from '@flowstead/machine'
import { openCommands, replay } from '@flowstead/machine'
import type { RunId, Runner } from '@flowstead/runner'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { triggerOutputs } from '../triggers/inbound-request.ts'

export interface CallbackRoutes {
  readonly runner: Runner
  readonly journal: (run: RunId) => readonly RunEvent[]
  readonly plan: (version: string) => FlowPlan | undefined
  readonly bodyLimit: number
}

type CallbackRequest = FastifyRequest<{
  Params: { run: string; path: string }
  Querystring: { sig?: unknown }
}>

/** `/c/<run id>/<action path>?sig=…`: where a waiting webhook action is called back. The first call counts. */
export function registerCallbackRoutes(app: FastifyInstance, routes: CallbackRoutes): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.post(
      '/c/:run/:path',
      { config: { access: 'signed' }, bodyLimit: routes.bodyLimit },
      async (request, reply) => {
        const { run } = request.params as CallbackRequest['params']
        const awaited = awaitedBy(routes, request as CallbackRequest)
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        const query = request.query as Record<string, unknown>
        const outputs = triggerOutputs({ headers: request.headers, query, body })
        const taken = await routes.runner.callBack(run, awaited.key, {
          headers: outputs.headers as Record<string, string>,
          ...(outputs.queries === undefined ? {} : { queries: outputs.queries as Record<string, string> }),
          ...(outputs.body === undefined ? {} : { body: outputs.body }),
        })
        if (taken !== 'accepted') throw gone()
        return reply.code(200).send()
      },
    )
  })
}

/** The open command whose address was called. @throws `Server.NotFound`, `Server.WrongSignature`, `Server.FlowIsOff` */
function awaitedBy(
  { runner, journal, plan }: CallbackRoutes,
  { params, query }: CallbackRequest,
): AwaitCommand {
  const summary = runner.summary(params.run)
  if (!summary) throw new FlowsteadError('Server.NotFound', 'There is no such run.')
  if (summary.endedAt !== null) throw gone()
  const compiled = plan(summary.flowVersion)
  if (!compiled) throw new FlowsteadError('Server.NotFound', 'The version of this run is not stored.')
  const open = openCommands(replay(compiled, journal(params.run)))
  const awaited = open.filter((command): command is AwaitCommand => command.type === 'await')
  const match = awaited.find(({ key }) => key.slice(0, key.lastIndexOf('#')) === params.path)
  if (!match) throw gone()
  const wanted = Buffer.from(new URL(match.callbackUrl).searchParams.get('sig') ?? '')
  const given = Buffer.from(typeof query.sig === 'string' ? query.sig : '')
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return match
  throw new FlowsteadError('Server.WrongSignature', 'The address is not signed for this action.')
}

const gone = (): FlowsteadError =>
  new FlowsteadError('Server.FlowIsOff', 'Nobody waits for this call any more.', {
    hint: 'The action was called back before, or its run has ended.',
  })
