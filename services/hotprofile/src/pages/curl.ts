import { curlDetails, type Html, type PageCall } from '@flowstead/service-kit'

/** The call of the API that a page makes, ready for a shell; `$HOTPROFILE_KEY` stands for the key. */
export function sameWithCurl(
  { origin }: Pick<PageCall, 'origin'>,
  path: string,
  given: Readonly<Record<string, string>>,
): Html {
  const url = `${origin}/rest_api/v1/${path}?${new URLSearchParams(given)}`
  return curlDetails({ method: 'post', url, keyQuery: '&api_key=$HOTPROFILE_KEY' })
}
