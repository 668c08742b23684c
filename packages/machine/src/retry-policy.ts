import type { Dialect } from '@flowstead/definition'
import type { Value } from '@flowstead/expressions'
import { durationMs } from './instant.ts'
import { member, textMember } from './member.ts'

/** How often and after which pauses a failed call is made again. */
export interface RetryPolicy {
  readonly type: 'none' | 'fixed' | 'exponential'
  /** Attempts after the first. */
  readonly count: number
  /** Base of the pauses, ms. */
  readonly intervalMs: number
  readonly minimumMs: number
  readonly maximumMs: number
}

const dayMs = 86_400_000

const noRetry: RetryPolicy = { type: 'none', count: 0, intervalMs: 0, minimumMs: 0, maximumMs: 0 }

/** What holds when a definition says nothing, by dialect. */
const defaults: Readonly<Record<Dialect, RetryPolicy>> = {
  PowerAutomate: { type: 'exponential', count: 8, intervalMs: 7_000, minimumMs: 5_000, maximumMs: 900_000 },
  LogicApps: { type: 'exponential', count: 4, intervalMs: 7_500, minimumMs: 5_000, maximumMs: 45_000 },
}

/** Reads an evaluated `retryPolicy`; what it leaves out is the dialect's default. */
export function retryPolicyOf(written: Value | undefined, dialect: Dialect): RetryPolicy {
  const standard = defaults[dialect]
  const type = textMember(written, 'type')?.toLowerCase()
  if (type === 'none') return noRetry
  if (type !== 'fixed' && type !== 'exponential') return standard
  return {
    type,
    count: Math.min(90, Math.max(0, Math.trunc(numberOf(member(written, 'count'), standard.count)))),
    intervalMs: msOf(member(written, 'interval'), standard.intervalMs),
    minimumMs: msOf(member(written, 'minimumInterval'), 0),
    maximumMs: msOf(member(written, 'maximumInterval'), dayMs),
  }
}

function numberOf(value: Value | undefined, otherwise: number): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : otherwise
}

function msOf(value: Value | undefined, otherwise: number): number {
  return (typeof value === 'string' ? durationMs(value) : undefined) ?? otherwise
}

/**
 * The pause before retry `n` (from 1), ms; `undefined` when there is none. `draw` gives 0 ≤ x < 1 and is
 * asked once by exponential policies only.
 */
export function pauseBefore(policy: RetryPolicy, n: number, draw: () => number): number | undefined {
  if (n > policy.count) return undefined
  if (policy.type === 'fixed') return policy.intervalMs
  const lowest = n === 1 ? 0 : 2 ** (n - 2) * policy.intervalMs
  const from = Math.min(Math.max(lowest, policy.minimumMs), policy.maximumMs)
  const to = Math.max(from, Math.min(2 ** (n - 1) * policy.intervalMs, policy.maximumMs))
  return Math.round(from + draw() * (to - from))
}

/** Whether an HTTP status is worth another attempt. */
export function isRetryable(statusCode: number): boolean {
  return statusCode === 408 || statusCode === 429 || (statusCode >= 500 && statusCode <= 599)
}
