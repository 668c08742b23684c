import { isFlowsteadError } from '@flowstead/errors'
import type { FastifyError, FastifyInstance } from 'fastify'

/** HTTP statuses of our codes; a code that is not here is a mistake of the caller, 400. */
const statusOf: Readonly<Record<string, number>> = {
  'Server.NotFound': 404,
  'Server.FlowIsOff': 410,
  'Server.BodyTooLarge': 413,
  'Server.WrongSignature': 401,
  'Server.Conflict': 409,
  'Server.Stopping': 503,
  'Import.Refused': 422,
  'Service.NotHere': 409,
  'Runner.TooManyWaiting': 429,
  'Runner.RunEnded': 409,
  'Runner.NoSuchRun': 404,
  'Runner.Stopped': 503,
  'Store.Full': 503,
  'Store.NotWritable': 503,
}

/** Every error leaves as `{error: {code, message, path?, hint?}}`; what is not ours leaves without its text. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    if (isFlowsteadError(error)) {
      const status = statusOf[error.code] ?? 400
      if (status === 429 || status === 503) reply.header('retry-after', '5')
      return reply.code(status).send({ error: error.toJSON() })
    }
    const status = error.statusCode ?? 500
    if (status >= 500) request.log.error(error)
    return reply.code(status).send({ error: { code: codeOf(status), message: messageOf(status, error) } })
  })
  app.setNotFoundHandler(async (request, reply) =>
    reply.code(404).send({
      error: { code: 'Server.NotFound', message: `There is no ${request.method} ${pathOf(request.url)}.` },
    }),
  )
}

const pathOf = (url: string): string => (url.split('?')[0] ?? '').slice(0, 200)

function codeOf(status: number): string {
  if (status === 413) return 'Server.BodyTooLarge'
  if (status === 415) return 'Server.UnsupportedMediaType'
  return status >= 500 ? 'Server.Internal' : 'Server.BadRequest'
}

function messageOf(status: number, error: FastifyError): string {
  if (status === 413) return 'The body is larger than this route accepts.'
  return status >= 500 ? 'Something went wrong here; the log of the server says more.' : error.message
}
