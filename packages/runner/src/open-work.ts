import type { CallCommand, CancelCommand, CommandKey, RunEvent, WaitCommand } from '@flowstead/machine'
import { idempotencyKey } from './idempotency-key.ts'
import type { CallContext } from './ports.ts'
import type { RunContext, RunIdentity } from './run-context.ts'

/** The calls in flight and the timers of one run. */
export class OpenWork {
  private readonly context: RunContext
  private readonly identity: RunIdentity
  private readonly tell: (event: RunEvent) => void
  private readonly calls = new Map<CommandKey, AbortController>()
  private readonly waits = new Map<CommandKey, { until: number; cancel: () => void }>()

  /** @param tell is given the answer of a call, and each wait that passed */
  constructor(context: RunContext, identity: RunIdentity, tell: (event: RunEvent) => void) {
    this.context = context
    this.identity = identity
    this.tell = tell
  }

  get hasCalls(): boolean {
    return this.calls.size > 0
  }

  /** Whether a wait is due before `at`, ms since the epoch. */
  isDueBefore(at: number): boolean {
    for (const { until } of this.waits.values()) if (until < at) return true
    return false
  }

  has(key: CommandKey): boolean {
    return this.calls.has(key) || this.waits.has(key)
  }

  /** Makes the call or sets the timer. While the runner stops, calls stay open for the next start. */
  start(command: CallCommand | WaitCommand): void {
    if (command.type === 'wait') this.wait(command)
    else if (!this.context.isStopping()) void this.call(command)
  }

  /** Nobody wants the answer any more. */
  close({ key, unsubscribe }: CancelCommand): void {
    this.calls.get(key)?.abort()
    this.calls.delete(key)
    this.waits.get(key)?.cancel()
    this.waits.delete(key)
    if (unsubscribe !== undefined) {
      this.context.unsubscribe(unsubscribe, this.callContext(key.slice(0, key.lastIndexOf('#'))))
    }
  }

  closeAll(): void {
    for (const controller of this.calls.values()) controller.abort()
    for (const { cancel } of this.waits.values()) cancel()
    this.calls.clear()
    this.waits.clear()
  }

  private wait({ key, until }: WaitCommand): void {
    const { clock } = this.context
    const cancel = clock.schedule(until, () => {
      this.waits.delete(key)
      this.tell({ type: 'due', at: Math.max(clock.now(), until), key })
    })
    this.waits.set(key, { until, cancel })
  }

  private async call(command: CallCommand): Promise<void> {
    const { key } = command
    const controller = new AbortController()
    this.calls.set(key, controller)
    this.context.crashPoint('call')
    const outcome = await this.context.perform(command, this.callContext(command.path, controller.signal))
    // A call that was closed meanwhile has lost its place: its outcome is nobody's.
    if (this.calls.get(key) !== controller) return
    this.calls.delete(key)
    this.context.crashPoint('answered')
    this.tell({ type: 'completed', at: this.context.clock.now(), key, outcome })
  }

  private callContext(path: string, signal = new AbortController().signal): CallContext {
    const { id, flowId, flowVersion } = this.identity
    return { runId: id, flowId, flowVersion, idempotencyKey: idempotencyKey(id, path), signal }
  }
}
