import type { Flow } from '@flowstead/definition'
import { isNumber, printJson, type Value } from '@flowstead/expressions'

/** A text that stands for itself: no expression, and nothing that a deployment fills in. */
export function literalText(flow: Flow, value: Value | undefined): string | undefined {
  if (typeof value !== 'string' || value.includes('@')) return undefined
  return flow.format === 'arm-template' && value.startsWith('[') ? undefined : value
}

/** A number, or a text that stands for one; `undefined` when it is computed or no number. */
export function literalNumber(flow: Flow, value: Value | undefined): number | undefined {
  if (value === undefined || value === null) return undefined
  if (isNumber(value)) return Number(value)
  const text = literalText(flow, value)?.trim()
  return text === undefined || text === '' || Number.isNaN(Number(text)) ? undefined : Number(text)
}

/** A value as a message shows it. */
export function shown(value: Value): string {
  return typeof value === 'string' ? value : printJson(value)
}
