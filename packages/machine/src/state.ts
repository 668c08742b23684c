import type { Value } from '@flowstead/expressions'
import type { Command, CommandKey } from './command.ts'
import type { RunEnvironment, TriggerRecord } from './event.ts'
import type { FlowPlan, Slot } from './plan.ts'
import type { RunError, RunStatus, Status } from './status.ts'

/*
 * The state of a run: plain data that survives the JSON codec (M13) and is changed by `advance` only.
 */

/** Version of the machine's rules new runs are pinned to. */
export const currentRules = 1

export interface RunState {
  readonly version: 1
  rules: number
  status: RunStatus
  code: string | null
  error: RunError | null
  /** Instant of the event in hand, ms since the epoch. */
  now: number
  startedAt: number
  endedAt: number
  seed: string
  trigger: TriggerRecord
  caller: 'none' | 'waiting' | 'polling' | 'answered' | 'gone'
  env: RunEnvironment
  /** By place in `plan.variables`; null until initialised. */
  variables: (Variable | null)[]
  /** The root is frame 1; ids are never reused. */
  frames: { [id: number]: Frame }
  nextFrame: number
  /** Work in hand, first in, first out, three numbers each. */
  ready: number[]
  /** Where the next work item stands in `ready`. */
  head: number
  open: Record<CommandKey, OpenCommand>
  /** Open commands without the run's deadline. */
  awaited: number
  /** Commands of the event in hand. */
  leaving: Command[]
  /** Work items done. */
  steps: number
  /** Actions executed, attempts included, for the cap. */
  executed: number
  /** The run is to end so when the action in hand is done. */
  ending: Ending | null
  /** Resubmit: the action (lower case) that waits for `released`, and whether it has been reached. */
  held: string | null
  parked: number[] | null
}

export interface Ending {
  readonly status: RunStatus
  readonly code: string | null
  readonly error: RunError | null
}

export interface Variable {
  readonly name: string
  readonly type: VariableType
  value: Value
  /** Whether somebody else may hold the value; an array nobody else holds is appended to in place (M14). */
  shared: boolean
}

export type VariableType = 'string' | 'integer' | 'float' | 'boolean' | 'object' | 'array'

export interface OpenCommand {
  readonly frame: number
  readonly slot: Slot
  readonly tag: string
  command: Command
  /** Whether it has been handed out; others are dropped without a word (M11). */
  hasLeft: boolean
}

/** The live part of a layout: the root, or one repetition in flight. */
export interface Frame {
  readonly id: number
  readonly layout: number
  /** 0 for the root. */
  readonly parent: number
  readonly index: number
  readonly runs: (ActionRun | null)[]
  /** Predecessors still missing per slot. */
  readonly missing: number[]
  /** Actions still missing per block. */
  readonly left: number[]
}

export interface ActionRun {
  status: Status
  code: string | null
  error: RunError | null
  startedAt: number
  endedAt: number
  inputs: Value
  outputs: Value
  /** Which of the two there are: 1 inputs, 2 outputs. */
  holds: number
  /** What its handler remembers; plain data. */
  memory: unknown
  /** Tags of its open commands. */
  tags: string[] | null
  draws: number
  turns: LoopTurns | null
}

/** What a loop keeps of finished repetitions because somebody refers to it. */
export interface LoopTurns {
  last: KeptTurn | null
  readonly all: KeptTurn[]
}

export interface KeptTurn {
  readonly index: number
  readonly runs: (ActionRun | null)[]
}

/** The bits of `ActionRun.holds`. */
export const holdsInputs = 1
export const holdsOutputs = 2

const noTrigger: TriggerRecord = { name: '', startTime: '', endTime: '', status: '' }
const noEnvironment: RunEnvironment = {
  runId: '',
  flowId: '',
  flowName: '',
  parameters: {},
  callbackBase: '',
}

/** A run before its first event. */
export function newState(): RunState {
  return {
    version: 1,
    rules: currentRules,
    status: 'Running',
    code: null,
    error: null,
    now: 0,
    startedAt: 0,
    endedAt: 0,
    seed: '',
    trigger: noTrigger,
    caller: 'none',
    env: noEnvironment,
    variables: [],
    frames: {},
    nextFrame: 1,
    ready: [],
    head: 0,
    open: {},
    awaited: 0,
    leaving: [],
    steps: 0,
    executed: 0,
    ending: null,
    held: null,
    parked: null,
  }
}

/** A frame of `layout` in which nothing has happened yet. */
export function newFrame(plan: FlowPlan, place: Omit<Frame, 'runs' | 'missing' | 'left'>): Frame {
  const layout = plan.layouts[place.layout] as FlowPlan['root']
  const runs: (ActionRun | null)[] = new Array(layout.slots.length).fill(null)
  const missing = layout.missing.slice()
  const left = layout.left.slice()
  return { id: place.id, layout: place.layout, parent: place.parent, index: place.index, runs, missing, left }
}

/** An action run that starts now. */
export function newActionRun(status: Status, now: number): ActionRun {
  return {
    status,
    code: null,
    error: null,
    startedAt: now,
    endedAt: 0,
    inputs: null,
    outputs: null,
    holds: 0,
    memory: null,
    tags: null,
    draws: 0,
    turns: null,
  }
}

/** Commands whose answer is awaited, and what the run's caller still waits for is in `state.caller`. */
export function openCommands(state: RunState): Command[] {
  return Object.values(state.open).map((entry) => entry.command)
}

/** Whether the run has reached its final status. */
export function hasEnded(state: RunState): boolean {
  return state.status !== 'Running' && state.status !== 'Waiting'
}
