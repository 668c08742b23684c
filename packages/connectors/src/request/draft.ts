import type { Value } from '@flowstead/expressions'

/**
 * A request while it is being made: the operation's values fill it, authentication and policies change it,
 * and `finish` turns it into bytes. Query values are plain text; encoding is the last step.
 */
export interface Draft {
  method: string
  readonly originalMethod: string
  /** `https://host/base`, without trailing slash. */
  baseUrl: string
  /** Filled and encoded; begins with a slash. */
  path: string
  /** Encoded values of path variables, for routes that use them again. */
  readonly pathValues: ReadonlyMap<string, string>
  query: [name: string, value: string][]
  headers: [name: string, value: string][]
  body: DraftBody | undefined
  readonly warnings: string[]
}

export type DraftBody =
  | { readonly kind: 'json'; readonly value: Value }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly shown: Value }

/** The value of a header, whatever its spelling. */
export function draftHeader(draft: Draft, name: string): string | undefined {
  const wanted = name.toLowerCase()
  return draft.headers.find(([key]) => key.toLowerCase() === wanted)?.[1]
}

/** Sets a header in the place of those of its name. */
export function setDraftHeader(draft: Draft, name: string, value: string): void {
  const wanted = name.toLowerCase()
  draft.headers = [...draft.headers.filter(([key]) => key.toLowerCase() !== wanted), [name, value]]
}
