import type { CurlCall } from '@flowstead/service-kit'

/** The API call that a form makes, for a shell; `$PLANADO_KEY` stands for the key. */
export function apiCall(origin: string, method: string, path: string, body?: unknown): CurlCall {
  return { method, url: `${origin}${path}`, keyHeader: 'Authorization: Bearer $PLANADO_KEY', body }
}
