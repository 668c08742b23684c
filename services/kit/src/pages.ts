/**
 * Pages for people: HTML made on the server, forms without scripts. A form is performed like a request of the
 * API: one transaction with its log entry and events, refused as a whole.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type AccessCheck, queryWithoutKey } from './access.ts'
import type { Answer } from './answer.ts'
import type { Attempt, Attempts } from './attempts.ts'
import type { Changes } from './changes.ts'
import type { Caller } from './keys.ts'
import { routePath } from './openapi.ts'
import { invalid, type Problem, problemOf } from './problem.ts'
import type { Page, PageCall, ServiceContext, ServiceDefinition } from './service.ts'
import { signInPage } from './sign-in-page.ts'
import { unstorableTexts } from './unstorable.ts'

export interface PageParts {
  readonly definition: ServiceDefinition
  readonly context: ServiceContext
  readonly access: AccessCheck
  readonly attempts: Attempts
  readonly changes: Changes
  readonly guard: (request: FastifyRequest, reply: FastifyReply) => Promise<void>
  readonly callerOf: (request: FastifyRequest) => Caller
  readonly attemptOf: (request: FastifyRequest) => Attempt | undefined
  readonly afterCommit: () => void
}

const formType = 'application/x-www-form-urlencoded'
const seeOther = 303

/** Adds the pages of a service's definition. */
export function addPages(app: FastifyInstance, parts: PageParts): void {
  void app.register(async (pages) => {
    pages.removeContentTypeParser(formType)
    pages.addContentTypeParser(formType, { parseAs: 'string' }, (_, body, done) =>
      done(null, formOf(body as string)),
    )
    pages.setErrorHandler((error, request, reply) => {
      const problem = problemOf(error)
      if (problem?.status !== 401 || request.method !== 'GET') throw error
      return sendPage(reply.code(problem.status), signInPage(parts.definition, problem))
    })
    for (const page of parts.definition.pages ?? []) addPage(pages, page, parts)
  })
}

function addPage(app: FastifyInstance, page: Page, parts: PageParts): void {
  const { access, guard } = parts
  app.get(routePath(page.path), { onRequest: guard }, async (request, reply) => {
    const place = access.rememberInCookie(request, reply)
    if (place !== undefined) return reply.redirect(place, seeOther)
    return sendShown(reply, page.render(pageCall(parts, request)))
  })
  const { submit } = page
  if (submit === undefined) return
  app.post(routePath(page.path), { onRequest: guard }, async (request, reply) => {
    const call = pageCall(parts, request)
    const answer = perform(parts, request, () => submit(call))
    if (typeof answer === 'string') return reply.redirect(answer, seeOther)
    return sendShown(reply.code(answer.status), page.render({ ...call, body: undefined }, answer))
  })
}

/** The path to show next, or why not. */
function perform(parts: PageParts, request: FastifyRequest, submit: () => string): string | Problem {
  const { afterCommit, attemptOf, attempts, callerOf, changes } = parts
  const attempt = attemptOf(request)
  const note = (status: number) => {
    if (attempt !== undefined) attempts.note(attempt, status, 'performed')
  }
  const { answer } = changes.perform(
    { callerId: callerOf(request).keyId, key: null, fingerprint: '' },
    () => {
      const place = submit()
      note(seeOther)
      return { status: seeOther, body: place }
    },
    (error) => {
      const problem = problemOf(error)
      if (problem === undefined) throw error
      note(problem.status)
      return { status: problem.status, body: problem }
    },
  )
  if (answer.status === seeOther) afterCommit()
  return answer.body as string | Problem
}

function pageCall({ callerOf, context, definition }: PageParts, request: FastifyRequest): PageCall {
  const params = { ...(request.params as Record<string, unknown>) }
  const query = queryWithoutKey(definition, request.query)
  const unstorable = unstorableTexts(params, query, request.body)
  if (unstorable.length > 0) throw invalid(unstorable)
  return {
    ...context,
    params,
    query,
    body: request.body,
    headers: request.headers,
    userId: callerOf(request).userId,
    origin: `${request.protocol}://${request.host}`,
  }
}

/** Names are data: `__proto__` is a field like others. The last value of a name counts. */
function formOf(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** Sends HTML that may load nothing and be framed nowhere. */
export function sendPage(reply: FastifyReply, text: string): FastifyReply {
  return reply.headers(pageHeaders).send(text)
}

function sendShown(reply: FastifyReply, shown: string | Answer): FastifyReply {
  if (typeof shown === 'string') return sendPage(reply, shown)
  return reply
    .code(shown.status)
    .headers({ ...pageHeaders, ...shown.headers })
    .send(shown.body)
}
