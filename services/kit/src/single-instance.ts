/**
 * One service at a time on a folder: a second one would deliver events twice and take `service.json` over, so that
 * nobody finds the first. Who runs is asked, because a process that crashed leaves its address behind.
 */
import { FlowsteadError } from '@flowstead/errors'
import { serviceErrors } from './errors.ts'
import { readOwnerFile } from './owner-file.ts'

const askWithinMs = 2000

/** @throws `Service.AlreadyRuns` when a service that accepts the key in the file answers at the address in it */
export async function refuseSecond(title: string, ownerPath: string): Promise<void> {
  const kept = readOwnerFile(ownerPath)
  if (kept?.url === undefined || !(await knowsKey(kept.url, kept.key))) return
  throw new FlowsteadError(serviceErrors.alreadyRuns, `${title} already runs on this data, at ${kept.url}.`, {
    hint: 'Use that one, stop it first, or choose another data folder.',
  })
}

/** The key tells the service of this folder from another one that took its port. */
async function knowsKey(url: string, key: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/local/keys`, {
      headers: { 'x-api-key': key },
      signal: AbortSignal.timeout(askWithinMs),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    // Nobody there is an answer to the question asked here.
    return false
  }
}
