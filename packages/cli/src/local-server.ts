import { FlowsteadError, quoted } from '@flowstead/errors'
import type { RunningServer } from '@flowstead/server'
import { createApiClient } from './api-client.ts'
import type { ServiceAddress, StoryPlaces } from './booking-story.ts'

/**
 * Where the story takes place, on a server of this process; `undefined` when one of its services is not
 * running.
 */
export function storyPlaces(server: RunningServer): StoryPlaces | undefined {
  const service = (name: string): ServiceAddress | undefined =>
    server.services.find((one) => one.name === name)
  const [vome, hotprofile, mail] = [service('vome'), service('hotprofile'), service('mail')]
  if (vome === undefined || hotprofile === undefined || mail === undefined) return undefined
  return { api: createApiClient(server.url, server.token), vome, hotprofile, mail }
}

/**
 * A port number from an option.
 * @throws `Cli.Usage`
 */
export function portOption(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new FlowsteadError(
    'Cli.Usage',
    `${quoted(text)} is not a port; ports go from 0 (any free one) to 65535.`,
  )
}
