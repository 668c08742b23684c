import { connectorFacts, createConnectorHost, openConnectorLibrary } from '@flowstead/connectors'
import { supportedActionTypes } from '@flowstead/machine'
import { createOutbound } from '@flowstead/outbound'
import { type Clock, createRunner } from '@flowstead/runner'
import { createConnectionBook } from './connections/connection-book.ts'
import type { DataFolder } from './data-folder.ts'
import { createEventCatalog } from './events/event-catalog.ts'
import { createEventLog } from './events/event-log.ts'
import { createChildFlows } from './flows/child-flows.ts'
import { createFlowBook } from './flows/flow-book.ts'
import { createFlowDirectory } from './flows/flow-directory.ts'
import { createFlowService } from './flows/flow-service.ts'
import { createCallers } from './http/callers.ts'
import type { Project } from './project.ts'
import { createEndWatch } from './runs/end-watch.ts'
import { createFirings } from './triggers/firing.ts'
import { createScheduler } from './triggers/scheduler.ts'
import { createTriggerKeys } from './triggers/trigger-keys.ts'
import { createTriggerSwitch } from './triggers/trigger-switch.ts'
import { createTriggerSigner } from './triggers/trigger-url.ts'
import { createWebhookSubscriptions } from './triggers/webhook-subscriptions.ts'

/** What the parts of a server are made from. */
export interface Surroundings {
  readonly project: Project
  readonly data: DataFolder
  readonly clock: Clock
  /** Where the server is reached; known once it listens. */
  readonly url: () => string
  readonly onError: (error: unknown) => void
}

/** Every part of a server but HTTP. */
export type Parts = ReturnType<typeof assemble>

/** Joins the packages; the only place where they all meet. Nothing runs yet. */
export function assemble({ project, data, clock, url, onError }: Surroundings) {
  const { store, vault } = data
  const library = openConnectorLibrary(project.connectors)
  const outbound = createOutbound()
  const connections = createConnectionBook({
    project,
    data: data.path,
    library,
    table: store.connections,
    vault,
  })
  const book = createFlowBook(store.flows)
  const flowDirectory = createFlowDirectory(book, store.flows)
  const host = createConnectorHost({ library, connections, outbound, clock, flows: flowDirectory })
  const callers = createCallers()
  const ends = createEndWatch(clock)

  const callbackBase = () => `${url()}/c`
  const runner = createRunner({
    store,
    clock,
    host,
    callers: {
      respond: callers.respond,
      ended(run, status, unanswered) {
        callers.ended(run, status, unanswered)
        ends.ended(run)
      },
    },
    plans: book.plan,
    children: createChildFlows(book, clock, callbackBase),
    onError,
  })
  const firings = createFirings({ book, runner, clock, callbackBase })

  const catalog = createEventCatalog(library, book)
  const events = createEventLog({ store, book, firings, catalog, clock })

  const signer = createTriggerSigner(createTriggerKeys(vault))
  const urlOf = (flowId: string, trigger: string): string => url() + signer.path(flowId, trigger)
  const scheduler = createScheduler({
    clock,
    cursor: store.cursor,
    async fire({ flowId, triggerName, scheduledAt, cursor }) {
      await firings.fire(book.get(flowId), { trigger: triggerName, scheduledAt, cursor })
    },
    onError,
  })
  const webhooks = createWebhookSubscriptions({
    table: store.subscriptions,
    vault,
    clock,
    connections,
    library,
    host,
    inputs: firings.inputs,
  })
  const facts = connectorFacts(library)
  const flows = createFlowService({
    book,
    scheduler,
    clock,
    urlOf,
    facts,
    switch: createTriggerSwitch({ scheduler, webhooks, urlOf }),
    importFacts: {
      book,
      connectors: facts,
      folderOf(api) {
        const found = library.find(api)
        return found.status === 'found' ? found.connector.name : undefined
      },
      connectionStatus: connections.status,
      isSupported: (type) => supportedActionTypes.includes(type),
    },
  })

  return {
    book,
    callers,
    catalog,
    connections,
    ends,
    events,
    firings,
    flows,
    library,
    outbound,
    runner,
    scheduler,
    signer,
    urlOf,
    webhooks,
  }
}
