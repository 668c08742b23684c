/** What a service reads as a body, and how it says that something is wrong. */
import { isFlowsteadError } from '@flowstead/errors'
import { sqliteErrors } from '@flowstead/sqlite'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { serviceErrors } from './errors.ts'
import { type Problem, problemOf } from './problem.ts'
import type { ServiceDefinition } from './service.ts'

/** Longest body of a request, unless a service takes longer ones. */
export const defaultBodyLimitBytes = 1024 * 1024

/** Arrays and objects inside one another in a body. */
const maxNesting = 200

export interface ErrorParts {
  readonly definition: ServiceDefinition
  /** Told of failures that are not a client's. */
  readonly onError: (error: unknown) => void
}

/** Failures of the disk that may pass: the client is told to come again. */
const passingStorageErrors: ReadonlySet<string> = new Set([
  sqliteErrors.full,
  sqliteErrors.busy,
  sqliteErrors.io,
  sqliteErrors.notWritable,
])

/** An empty JSON body counts as none; bodies of other types are refused with 415. */
export function acceptBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined)
    const reason = hostileBody(body as string)
    if (reason === undefined) void parseJson(request, body as string, done)
    else done(Object.assign(new Error(reason), { statusCode: 400 }), undefined)
  })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) => {
    if (body === '') done(null, undefined)
    else done(Object.assign(new Error('Send JSON.'), { statusCode: 415 }), undefined)
  })
}

/** Why a body is refused before it is read: validation recurses as deep as it nests. */
function hostileBody(text: string): string | undefined {
  let depth = 0
  let isInText = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === backslash) at += 1
    else if (code === quote) isInText = !isInText
    else if (isInText) continue
    else if (code === openBrace || code === openBracket) depth += 1
    else if (code === openBrace + 2 || code === openBracket + 2) depth -= 1
    if (depth > maxNesting) return `The body nests more than ${maxNesting} deep.`
  }
  return undefined
}

const [quote, backslash, openBracket, openBrace] = [34, 92, 91, 123]

/** Every refusal and failure leaves in the service's own error form. */
export function answerErrors(app: FastifyInstance, { definition, onError }: ErrorParts): void {
  const send = (reply: FastifyReply, problem: Problem) =>
    reply.code(problem.status).send(definition.problemBody(problem))
  app.setErrorHandler((error, _request, reply) => {
    const problem = problemOf(error) ?? problemOfHttp(error, definition)
    if (problem !== undefined) return send(reply, problem)
    onError(error)
    if (isFlowsteadError(error) && passingStorageErrors.has(error.code)) {
      void reply.header('retry-after', '1')
      const message = 'The data of this service cannot be written at the moment.'
      return send(reply, { status: 503, code: serviceErrors.storage, message, fields: [] })
    }
    const message = 'Something went wrong inside this service.'
    return send(reply, { status: 500, code: serviceErrors.internal, message, fields: [] })
  })
  app.setNotFoundHandler((request, reply) => {
    const place = `${request.method} ${request.url.split('?')[0]}`
    const message = `${definition.title} has no operation ${place.slice(0, 200)}.`
    return send(reply, { status: 404, code: serviceErrors.notFound, message, fields: [] })
  })
}

/** What Fastify refuses by itself: too long, not JSON, another media type. */
function problemOfHttp(
  error: unknown,
  { unreadableStatus, bodyLimitBytes = defaultBodyLimitBytes }: ServiceDefinition,
): Problem | undefined {
  if (!(error instanceof Error)) return undefined
  const { statusCode } = error as Error & { statusCode?: number }
  if (statusCode === undefined || statusCode < 400 || statusCode >= 500) return undefined
  const message = statusCode === 413 ? `The body is longer than ${bodyLimitBytes} bytes.` : error.message
  return {
    status: statusCode === 400 ? (unreadableStatus ?? statusCode) : statusCode,
    code: serviceErrors.unreadable,
    message,
    fields: [{ field: 'body', rule: 'readable', message }],
  }
}
