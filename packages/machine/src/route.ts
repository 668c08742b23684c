import type { Value } from '@flowstead/expressions'
import type { Engine } from './engine.ts'
import type { ActionPlan, Layout, Slot } from './plan.ts'
import type { ActionRun } from './state.ts'

/*
 * The way from one layout to the runs of another: some frames up, then down through what loops keep of
 * their last repetition. It depends on the plan only, so references walk it without searching.
 */

export interface Route {
  readonly up: number
  /** Slots of the loops to enter, from outside in; empty within the same or an enclosing repetition. */
  readonly down: readonly Slot[]
}

/** The way from `from` to `to`. */
export function routeTo(from: Layout, to: Layout): Route {
  const up = new Map<Layout, number>()
  for (let layout: Layout | null = from, count = 0; layout !== null; layout = layout.parent)
    up.set(layout, count++)
  const down: Slot[] = []
  let layout = to
  while (!up.has(layout) && layout.loop !== null) {
    down.unshift(layout.loop.slot)
    layout = layout.loop.block.layout
  }
  return { up: up.get(layout) ?? 0, down }
}

/** The runs at the end of a route; `undefined` when a loop on the way has made no repetition yet. */
export function runsAt(engine: Engine, route: Route): readonly (ActionRun | null)[] | undefined {
  let runs: readonly (ActionRun | null)[] | undefined = engine.outer(route.up).runs
  for (const slot of route.down) runs = runs?.[slot]?.turns?.last?.runs
  return runs
}

/** The run of `action` as seen from where references are resolved; null or `undefined` when there is none. */
export function runAt(engine: Engine, action: ActionPlan): ActionRun | null | undefined {
  const here = engine.plan.layouts[engine.inside.layout] as Layout
  return runsAt(engine, routeTo(here, action.block.layout))?.[action.slot]
}

/** `outputs('A')`: null for a skipped action or one without outputs, `undefined` while it is not final. */
export function outputsOf(run: ActionRun | null | undefined): Value | undefined {
  if (run === null || run === undefined) return undefined
  return run.status === 'Running' || run.status === 'Waiting' ? undefined : run.outputs
}

/** The elements a Foreach goes through; `undefined` for anything else. */
export function itemsOf(run: ActionRun | null | undefined): readonly Value[] | undefined {
  const memory = run?.memory as { readonly items?: readonly Value[] } | null | undefined
  return memory?.items
}
