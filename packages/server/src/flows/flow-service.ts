import type { ConnectorFacts, Flow, Problem } from '@flowstead/definition'
import { validateFlow } from '@flowstead/definition'
import { isFlowsteadError } from '@flowstead/errors'
import type { Clock } from '@flowstead/runner'
import { type ImportFacts, type ImportFile, type ImportPlan, planImport } from '../import/import-plan.ts'
import type { Scheduler } from '../triggers/scheduler.ts'
import type { TriggerSwitch } from '../triggers/trigger-switch.ts'
import { triggerText } from '../triggers/trigger-text.ts'
import type { BookedFlow, FlowBook } from './flow-book.ts'

/** What a list shows of a flow. */
export interface FlowOnServer {
  readonly id: string
  readonly name: string
  readonly state: 'on' | 'off'
  readonly dialect: string
  readonly format: string
  readonly file: string
  readonly version: string
  readonly triggers: readonly TriggerOnServer[]
  readonly problems: readonly Problem[]
}

export interface TriggerOnServer {
  readonly name: string
  readonly type: string
  readonly kind?: string
  readonly title: string
  /** Signed address, for triggers that are called. */
  readonly url?: string
  /** ISO 8601, for triggers with a schedule. */
  readonly next?: string
}

export interface ImportRequest {
  readonly files: readonly ImportFile[]
  /** Only say what would happen. */
  readonly plan: boolean
  /** Turn the flows on. */
  readonly on: boolean
  /** Let a flow that is here already take the new version. */
  readonly replace: boolean
}

export interface ImportResult extends ImportPlan {
  readonly imported: boolean
}

/** Flows as people handle them: imported, listed, turned on and off. */
export interface FlowService {
  list(): FlowOnServer[]
  show(booked: BookedFlow): FlowOnServer
  /** All or nothing: one problem of severity error and nothing is stored. */
  import(request: ImportRequest): Promise<ImportResult>
  turnOn(id: string): Promise<FlowOnServer>
  /** As `turnOn`, with what keeps the flow off as a problem instead of an exception. */
  tryTurnOn(id: string): Promise<Problem[]>
  turnOff(id: string): Promise<FlowOnServer>
  /** Ends the subscriptions of all flows, does `work`, and makes them anew. */
  withoutSubscriptions<T>(work: () => Promise<T>): Promise<T>
  /** Arms the triggers of every flow that is on; once, after start. Gives what could not be armed. */
  resume(): Promise<Problem[]>
}

export interface FlowServiceParts {
  readonly book: FlowBook
  readonly switch: TriggerSwitch
  readonly scheduler: Scheduler
  readonly clock: Clock
  readonly urlOf: (flowId: string, trigger: string) => string
  readonly facts: ConnectorFacts
  readonly importFacts: ImportFacts
}

export function createFlowService(parts: FlowServiceParts): FlowService {
  const { book, clock, facts, scheduler, urlOf } = parts
  const triggers = parts.switch

  const show = (booked: BookedFlow): FlowOnServer => {
    const { id, name, dialect, format, file, version } = booked.flow
    const unserved = booked.flow.triggers.flatMap((trigger) => {
      const message = triggers.problem(booked, trigger)
      return message === undefined ? [] : [triggerProblem(booked.flow, trigger.pointer, message)]
    })
    return {
      id,
      name,
      state: booked.state,
      dialect,
      format,
      file,
      version,
      triggers: booked.flow.triggers.map((trigger) => {
        const next = scheduler.next(id, trigger.name)
        return {
          name: trigger.name,
          type: trigger.type,
          ...(trigger.kind === undefined ? {} : { kind: trigger.kind }),
          title: triggerText(trigger),
          ...(trigger.type === 'Request' ? { url: urlOf(id, trigger.name) } : {}),
          ...(next === undefined ? {} : { next: new Date(next).toISOString() }),
        }
      }),
      problems: [...unserved, ...validateFlow(booked.flow, facts)],
    }
  }

  const turnOn = async (id: string): Promise<FlowOnServer> => {
    const booked = book.get(id)
    if (booked.state === 'on') return show(booked)
    const on = book.setState(id, 'on')
    try {
      await triggers.turnOn(on)
    } catch (error) {
      book.setState(id, 'off')
      throw error
    }
    return show(on)
  }

  const tryTurnOn = async (id: string): Promise<Problem[]> => {
    try {
      await turnOn(id)
      return []
    } catch (error) {
      if (!isFlowsteadError(error)) throw error
      return [triggerProblem(book.get(id).flow, '', error.message)]
    }
  }

  const store = async (flows: readonly Flow[]): Promise<void> => {
    const live = flows
      .map(({ id }) => book.find(id))
      .filter((booked) => booked?.state === 'on') as BookedFlow[]
    for (const booked of live) await triggers.turnOff(booked)
    book.importAll(flows, clock.now())
    for (const { flow } of live) await triggers.turnOn(book.get(flow.id))
  }

  return {
    list: () => book.list().map(show),
    show,
    turnOn,
    tryTurnOn,
    async turnOff(id) {
      await triggers.turnOff(book.get(id))
      return show(book.setState(id, 'off'))
    },
    async import({ files, plan: isOnlyPlan, on, replace }) {
      const { plan, flows } = planImport(files, parts.importFacts)
      const problems = [...plan.problems, ...(replace ? [] : flows.flatMap((flow) => existing(book, flow)))]
      const isRefused = flows.length === 0 || problems.some(({ severity }) => severity === 'error')
      if (isRefused || isOnlyPlan) return { ...plan, problems, imported: false }
      await store(flows.filter((flow) => book.find(flow.id)?.flow.version !== flow.version))
      if (on) for (const { id } of flows) problems.push(...(await tryTurnOn(id)))
      return { ...plan, problems, imported: true }
    },
    async withoutSubscriptions(work) {
      const subscribed = book
        .list()
        .filter(({ flow, state }) => state === 'on' && flow.triggers.some(({ type }) => type === subscribing))
      for (const booked of subscribed) await triggers.turnOff(booked)
      try {
        return await work()
      } finally {
        for (const booked of subscribed) await triggers.turnOn(booked)
      }
    },
    async resume() {
      const problems: Problem[] = []
      for (const booked of book.list().filter(({ state }) => state === 'on')) {
        try {
          await triggers.turnOn(booked)
        } catch (error) {
          if (!isFlowsteadError(error)) throw error
          problems.push(triggerProblem(booked.flow, '', error.message))
        }
      }
      return problems
    },
  }
}

const subscribing = 'OpenApiConnectionWebhook'

function triggerProblem(flow: Flow, pointer: string, message: string): Problem {
  return { code: 'Trigger.NotArmed', severity: 'warning', message, file: flow.file, pointer }
}

function existing(book: FlowBook, flow: Flow): Problem[] {
  const known = book.find(flow.id)
  if (!known || known.flow.version === flow.version) return []
  return [
    {
      code: 'Import.FlowExists',
      severity: 'error',
      message: `The flow "${known.flow.name}" is here already, in another version.`,
      file: flow.file,
      pointer: '',
      hint: 'Import with --replace to let it take this version; runs under way keep theirs.',
    },
  ]
}
