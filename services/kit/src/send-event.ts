/** One try to bring an event to its subscriber, signed as Standard Webhooks says unless the policy differs. */
import { headerOf, type Outbound } from '@flowstead/outbound'
import { Webhook } from 'standardwebhooks'
import type { Clock } from './clock.ts'

export interface EventToSend {
  /** `webhook-id`: the same on every try. */
  readonly id: string
  readonly event: string
  /** The JSON text that is signed and sent. */
  readonly payload: string
  readonly callback_url: string
  readonly secret: string
  /** Whether it carries a signature of Standard Webhooks. */
  readonly isSigned: boolean
  /** Further headers. */
  readonly headers: Readonly<Record<string, string>>
}

export interface SendOutcome {
  /** True for 2xx. */
  readonly isDelivered: boolean
  /** null when no answer came. */
  readonly status: number | null
  readonly error: string | null
  /** What a 429 or 503 asked for, ms. */
  readonly retryAfterMs: number | undefined
}

export type SendEvent = (event: EventToSend, timeoutMs: number, signal: AbortSignal) => Promise<SendOutcome>

const maxAnswerBytes = 64 * 1024

/**
 * Sends through the guarded client. These are local services: a subscriber on this machine is allowed, for
 * exactly the origin it registered.
 */
export function createSendEvent(outbound: Outbound, clock: Clock): SendEvent {
  return async (event, timeoutMs, signal) => {
    const sentAt = new Date(clock.now())
    const result = await outbound.send({
      method: 'POST',
      url: event.callback_url,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'webhook-id': event.id,
        'webhook-event': event.event,
        ...(event.isSigned ? signatureOf(event, sentAt) : {}),
        ...event.headers,
      },
      body: event.payload,
      timeoutMs,
      maxBytes: maxAnswerBytes,
      signal,
      allowedOrigins: [new URL(event.callback_url).origin],
    })
    if (!result.answered) {
      return { isDelivered: false, status: null, error: result.message, retryAfterMs: undefined }
    }
    const { status, headers } = result
    const isDelivered = status >= 200 && status < 300
    const mayAsk = status === 429 || status === 503
    return {
      isDelivered,
      status,
      error: isDelivered ? null : `The subscriber answered ${status}.`,
      retryAfterMs: mayAsk ? retryAfterMs(headerOf(headers, 'retry-after'), clock.now()) : undefined,
    }
  }
}

function signatureOf({ id, payload, secret }: EventToSend, sentAt: Date): Record<string, string> {
  return {
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, sentAt, payload),
  }
}

/** `Retry-After` in seconds or as a date, in ms from `now`; `undefined` when absent or unreadable. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
