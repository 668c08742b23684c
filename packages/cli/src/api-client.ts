import { FlowsteadError } from '@flowstead/errors'
import { parseJson, printJson, type Value } from '@flowstead/expressions'

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly body?: unknown
  /** Statuses outside 2xx whose body is an answer, not an error. */
  readonly accept?: readonly number[]
}

/** Speaks the HTTP API of a running server. */
export interface ApiClient {
  readonly url: string
  /**
   * @throws `Cli.Unreachable` when nobody answers; otherwise the code the server gave, with `httpStatus` in
   * the details.
   */
  send<Answer>(path: string, request?: ApiRequest): Promise<Answer>
}

/** A client for the server at `url`, signed in with its token. */
export function createApiClient(url: string, token: string): ApiClient {
  const base = url.replace(/\/+$/, '')
  return {
    url: base,
    async send<Answer>(path: string, request: ApiRequest = {}): Promise<Answer> {
      const response = await reach(base + path, token, request)
      const text = await response.text()
      const answer = parseAnswer(text)
      if (response.ok || request.accept?.includes(response.status)) return answer as Answer
      throw refusal(response.status, answer)
    },
  }
}

async function reach(url: string, token: string, request: ApiRequest): Promise<Response> {
  const headers: Record<string, string> = { authorization: `Bearer ${token}` }
  if (request.body !== undefined) headers['content-type'] = 'application/json'
  try {
    return await fetch(url, {
      method: request.method ?? 'GET',
      headers,
      ...(request.body === undefined ? {} : { body: printJson(request.body as Value) }),
    })
  } catch (cause) {
    throw new FlowsteadError('Cli.Unreachable', `The server at "${new URL(url).origin}" does not answer.`, {
      hint: 'Start it with "npx flowstead dev", or name another one with --server.',
      cause,
    })
  }
}

function parseAnswer(text: string): unknown {
  try {
    return text === '' ? undefined : parseJson(text)
  } catch {
    // Not JSON means it is not our server; the caller turns that into a refusal with the status.
    return undefined
  }
}

function refusal(status: number, answer: unknown): FlowsteadError {
  const error = (answer as { error?: Record<string, unknown> } | undefined)?.error
  const text = (name: string) => (typeof error?.[name] === 'string' ? (error[name] as string) : undefined)
  return new FlowsteadError(
    text('code') ?? `Http.${status}`,
    text('message') ?? `The server answered ${status}.`,
    {
      path: text('path'),
      hint: text('hint'),
      details: { httpStatus: status },
    },
  )
}

/** A path from parts that come from outside, each escaped; parts of the fixed form begin with a slash. */
export function apiPath(strings: TemplateStringsArray, ...parts: readonly (string | number)[]): string {
  return strings.reduce((path, fixed, index) => path + encodeURIComponent(String(parts[index - 1])) + fixed)
}
