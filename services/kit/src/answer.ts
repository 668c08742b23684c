/** What a handler answers; `body` is sent as JSON, a `Buffer` as it is, `undefined` as an empty body. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** 200 with a JSON body. */
export function ok(body: unknown): Answer {
  return { status: 200, body }
}

/** 201 with `Location` and a JSON body. */
export function created(location: string, body: unknown): Answer {
  return { status: 201, body, headers: { location } }
}

/** 204: done, nothing to say. */
export const noContent: Answer = { status: 204 }
