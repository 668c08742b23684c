/**
 * One run in this process: takes its events one after another, works each out in memory, stores it, then does
 * what it asks for. Invariants:
 * 1. Only one turn is under way at a time; events that come meanwhile share the next append.
 * 2. Nothing leaves the process before the commit of the event that caused it.
 * 3. An event nobody waits for is dropped, never stored.
 * 4. When an append fails, the state in memory is thrown away, its events are kept, and the run is taken up
 *    again from the journal later. It never fails because of the store.
 * 5. Between turns the state may be forgotten: the journal, the open calls and the timers are all of the run.
 */
import {
  advance,
  type Command,
  type FlowPlan,
  newState,
  type RunEvent,
  type RunState,
  type Triggered,
} from '@flowstead/machine'
import { addEnd, addFailure, type Batch, emptyBatch, type RunEnd, summaryChange } from './batch.ts'
import { runErrorOf } from './errors.ts'
import { cancelledEvent, isAwaited, stamped } from './event-order.ts'
import { OpenWork } from './open-work.ts'
import { type Loaded, readRun } from './read-run.ts'
import type { RunContext, RunIdentity } from './run-context.ts'

interface Message {
  readonly event: RunEvent
  /** True once the event is committed, false when the run did not wait for it. */
  readonly settle: (isTaken: boolean) => void
}

/** Runs with a wait due within this time stay in memory. */
const forgetBeyondMs = 60_000
const firstRetryMs = 1_000
const longestRetryMs = 60_000

export class LiveRun {
  private readonly context: RunContext
  private readonly identity: RunIdentity
  private readonly open: OpenWork
  private loaded: Loaded | null = null
  /** Entries of the journal known to be committed. */
  private entries = 0
  private queue: Message[] = []
  /** Messages out of the queue whose events are not committed yet. */
  private taken: Message[] = []
  private isWorking = false
  /** Work of the last event is left: `advance` gave `more`. */
  private isMidWork = false
  /** Open calls and waits of the journal may be missing here. */
  private mustCatchUp = false
  private isOver = false
  private retryMs = firstRetryMs
  private cancelRetry: (() => void) | null = null

  constructor(context: RunContext, identity: RunIdentity) {
    this.context = context
    this.identity = identity
    this.open = new OpenWork(context, identity, (event) => void this.tell(event))
  }

  /** Whether nothing of the run is under way: it waits for an instant, the outside, or the store. */
  get isIdle(): boolean {
    return !this.isWorking && !this.open.hasCalls
  }

  /** Works out the first turn of a new run in memory; `begin` follows once it is committed. */
  prepare(plan: FlowPlan, triggered: Triggered): Batch {
    const batch = emptyBatch()
    this.loaded = { plan, state: newState() }
    this.work(this.loaded, triggered, batch)
    return batch
  }

  /** The turn of a new run that is cancelled before any work. */
  prepareCancelled(plan: FlowPlan, triggered: Triggered, by: string | undefined): Batch {
    const batch = emptyBatch()
    this.loaded = { plan, state: newState() }
    this.work(this.loaded, triggered, batch, 0)
    if (batch.end === null) this.work(this.loaded, cancelledEvent(triggered.at, by), batch)
    return batch
  }

  /** The prepared turn is committed: does what it asks for and goes on. */
  begin(batch: Batch): void {
    this.entries = batch.entries.length
    this.perform(batch)
    this.wake()
  }

  /** Hands over an event; resolves to true once it is committed, to false when the run did not wait for it. */
  tell(event: RunEvent): Promise<boolean> {
    if (this.isOver) return Promise.resolve(false)
    return new Promise((settle) => {
      this.queue.push({ event, settle })
      this.wake()
    })
  }

  /** Takes up an unfinished run of an earlier process; resolves when its open calls are under way again. */
  async recover(): Promise<void> {
    this.mustCatchUp = true
    this.isWorking = true
    await this.takeTurns('recovery')
  }

  /** Ends calls and timers without recording anything. */
  abandon(): void {
    this.isOver = true
    this.open.closeAll()
    this.cancelRetry?.()
    this.cancelRetry = null
    for (const message of [...this.taken.splice(0), ...this.queue.splice(0)]) message.settle(false)
  }

  private wake(): void {
    if (this.isWorking || this.isOver || this.cancelRetry !== null) return
    if (!this.hasWork) this.rest()
    else {
      this.isWorking = true
      void this.takeTurns('work')
    }
  }

  private get hasWork(): boolean {
    return !this.isOver && (this.queue.length > 0 || this.isMidWork || this.mustCatchUp)
  }

  private async takeTurns(why: 'work' | 'recovery'): Promise<void> {
    try {
      if (why === 'recovery') await this.noteRecovery()
      while (this.hasWork) await this.turn()
      this.retryMs = firstRetryMs
    } catch (error) {
      this.park(error)
    } finally {
      this.isWorking = false
    }
    this.rest()
  }

  /** One append: the events that have come, and what follows from them. */
  private async turn(): Promise<void> {
    const loaded = await this.load()
    if (loaded === null) return
    let batch = emptyBatch()
    if (this.isMidWork) await this.finishWork(loaded, batch)
    while (batch.end === null) {
      const next = this.queue.shift()
      if (next === undefined) break
      if (!isAwaited(loaded.state, next.event)) {
        next.settle(false)
        continue
      }
      this.taken.push(next)
      this.work(loaded, stamped(next.event, loaded.state), batch)
      if (!this.isMidWork) continue
      await this.commit(batch)
      batch = emptyBatch()
      await this.finishWork(loaded, batch)
    }
    await this.commit(batch)
    if (this.mustCatchUp && !this.isOver) this.catchUp(loaded.state)
  }

  /** Goes on with long pure work, piece by piece; a cancellation may come between two pieces. */
  private async finishWork(loaded: Loaded, batch: Batch): Promise<void> {
    while (this.isMidWork && !this.isOver) {
      await nextTurn()
      const at = this.queue.findIndex((message) => message.event.type === 'cancelled')
      const [cancelled] = at < 0 ? [] : this.queue.splice(at, 1)
      if (cancelled !== undefined) this.taken.push(cancelled)
      this.work(loaded, cancelled === undefined ? null : stamped(cancelled.event, loaded.state), batch)
    }
  }

  /** Advances in memory and notes what follows. */
  private work({ plan, state }: Loaded, event: RunEvent | null, batch: Batch, stopAt?: number): void {
    if (event !== null) batch.entries.push(event)
    try {
      const { commands, more } = advance(plan, state, event, stopAt === undefined ? {} : { stopAt })
      this.isMidWork = more
      for (const command of commands) {
        if (command.type === 'finish') addEnd(batch, command, state)
        else batch.commands.push(command)
      }
    } catch (error) {
      this.isMidWork = false
      this.context.onError(error, this.identity.id)
      addFailure(batch, runErrorOf(error), state.now)
    }
  }

  private async commit(batch: Batch): Promise<void> {
    if (batch.entries.length > 0) {
      this.context.crashPoint('append')
      await this.context.store.append(this.identity.id, this.entries, batch.entries, summaryChange(batch.end))
      this.entries += batch.entries.length
      this.context.crashPoint('appended')
    }
    for (const message of this.taken.splice(0)) message.settle(true)
    this.perform(batch)
  }

  /** Does what committed entries ask for. */
  private perform(batch: Batch): void {
    if (this.isOver) return
    for (const command of batch.commands) this.performOne(command)
    if (batch.end !== null) this.end(batch.end)
  }

  private performOne(command: Command): void {
    if (command.type === 'call' || command.type === 'wait') {
      // A later event of the same batch may have closed it.
      if (Object.hasOwn(this.loaded?.state.open ?? {}, command.key)) this.open.start(command)
    } else if (command.type === 'cancel') {
      this.open.close(command)
    } else if (command.type === 'respond') {
      this.context.crashPoint('respond')
      this.context.responded(this.identity.id, command.answer)
    }
  }

  private end(end: RunEnd): void {
    this.context.crashPoint('finish')
    this.abandon()
    this.loaded = null
    this.context.ended(this.identity.id, end)
  }

  /** Makes the calls and sets the timers that are open in the journal and not under way here. */
  private catchUp({ open }: RunState): void {
    this.mustCatchUp = false
    for (const { command } of Object.values(open)) {
      if ((command.type === 'call' || command.type === 'wait') && !this.open.has(command.key)) {
        this.open.start(command)
      }
    }
  }

  private async noteRecovery(): Promise<void> {
    const loaded = await this.load()
    this.context.crashPoint('recover')
    if (loaded === null) return
    const { open, caller } = loaded.state
    const at = this.context.clock.now()
    const outstanding = Object.keys(open).filter((key) => open[key]?.command.type === 'call')
    if (outstanding.length > 0) void this.tell({ type: 'recovered', at, outstanding })
    if (caller === 'waiting') void this.tell({ type: 'callerLeft', at, reason: 'restart' })
  }

  /** The state, from the journal when it is not in memory; null when the run is over. */
  private async load(): Promise<Loaded | null> {
    if (this.loaded !== null) return this.loaded
    const { entries, loaded, over } = readRun(this.context, this.identity)
    this.entries = entries
    this.loaded = loaded
    if (over !== null) await this.commit(over)
    return loaded
  }

  /** The store failed: forgets what was not committed, keeps the events, tries again later. */
  private park(error: unknown): void {
    if (this.isOver) return
    const { clock, onError } = this.context
    this.loaded = null
    this.isMidWork = false
    this.mustCatchUp = true
    this.queue.unshift(...this.taken.splice(0))
    onError(error, this.identity.id)
    this.cancelRetry = clock.schedule(clock.now() + this.retryMs, () => {
      this.cancelRetry = null
      this.wake()
    })
    this.retryMs = Math.min(this.retryMs * 2, longestRetryMs)
  }

  /** Nothing to do for now: a run that only waits is forgotten. */
  private rest(): void {
    const soon = this.context.clock.now() + forgetBeyondMs
    if (!this.open.hasCalls && !this.open.isDueBefore(soon)) this.loaded = null
    this.context.rested(this.identity.id)
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
