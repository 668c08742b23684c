import { curlDetails, type Html, type PageCall } from '@flowstead/service-kit'
import { type FormCommandName, placeOf } from './form-commands.ts'

/** The call of the API that a form makes, for a shell and folded away; `$PHOENIX_KEY` stands for the key. */
export function callDetails(
  { origin, params }: Pick<PageCall, 'origin' | 'params'>,
  name: FormCommandName,
  body?: Readonly<Record<string, string>>,
): Html {
  const { method, path } = placeOf(name)
  const url = `${origin}${path.replace('{id}', encodeURIComponent(String(params.id)))}`
  return curlDetails({ method, url, keyHeader: 'X-API-Key: $PHOENIX_KEY', body })
}
