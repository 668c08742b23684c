/**
 * Performs the requests that change something. Invariants:
 * 1. The change, its events, the attempt and the answer remembered under its `Idempotency-Key` are one commit.
 * 2. A refused request changes nothing; its refusal is remembered like an answer.
 * 3. A key used again by the same caller gets the first answer for 24 h, whatever has happened since; with
 *    another request it is refused with 422. Handlers are synchronous, so two requests never overlap.
 * 4. A failure of ours (5xx) is not remembered: trying again may succeed.
 */
import { createHash } from 'node:crypto'
import type { Database } from '@flowstead/sqlite'
import type { Answer } from './answer.ts'
import type { Attempts } from './attempts.ts'
import { serviceErrors } from './errors.ts'
import { refused } from './problem.ts'

const rememberedMs = 24 * 3_600_000
const purgeEveryMs = 60_000

export interface ChangeRequest {
  readonly callerId: string
  /** `Idempotency-Key`, if the request carried one. */
  readonly key: string | null
  readonly fingerprint: string
}

export interface Changes {
  /** @param toAnswer turns what `work` threw into a refusal; throws it again when it is none. */
  perform(
    request: ChangeRequest,
    work: () => Answer,
    toAnswer: (error: unknown) => Answer,
  ): { readonly answer: Answer; readonly isReplay: boolean }
}

interface RememberedAnswer {
  readonly fingerprint: string
  readonly status: number
  readonly headers: string
  readonly body: string | null
}

/** Opens the memory of answers in the service's database. */
export function createChanges(db: Database, now: () => number, attempts: Attempts): Changes {
  const find = db.prepare<RememberedAnswer>(
    'SELECT fingerprint, status, headers, body FROM kit_answers WHERE caller = ? AND key = ? AND at > ?',
  )
  const insert = db.prepare(
    `INSERT OR REPLACE INTO kit_answers (caller, key, fingerprint, status, headers, body, at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const purge = db.prepare('DELETE FROM kit_answers WHERE at <= ?')
  let purgedAt = 0

  const remember = ({ callerId, key, fingerprint }: ChangeRequest, { status, headers, body }: Answer) => {
    if (key === null) return
    const bodyText = body === undefined ? null : JSON.stringify(body)
    insert.run(callerId, key, fingerprint, status, JSON.stringify(headers ?? {}), bodyText, now())
    if (now() - purgedAt < purgeEveryMs) return
    purgedAt = now()
    purge.run(now() - rememberedMs)
  }
  const commit = (work: () => Answer): Answer => {
    const { answer, forget } = db.transaction(() => ({ answer: work(), forget: attempts.write() }))
    forget()
    return answer
  }

  return {
    perform(request, work, toAnswer) {
      const { callerId, key, fingerprint } = request
      const known = key === null ? undefined : find.get(callerId, key, now() - rememberedMs)
      if (known !== undefined) return { answer: recall(known, fingerprint), isReplay: true }
      const workAndRemember = () => {
        const answer = work()
        remember(request, answer)
        return answer
      }
      try {
        return { answer: commit(workAndRemember), isReplay: false }
      } catch (error) {
        const refusal = toAnswer(error)
        const rememberRefusal = () => {
          remember(request, refusal)
          return refusal
        }
        return { answer: key === null ? refusal : commit(rememberRefusal), isReplay: false }
      }
    },
  }
}

function recall(known: RememberedAnswer, fingerprint: string): Answer {
  if (known.fingerprint !== fingerprint) {
    throw refused({
      status: 422,
      code: serviceErrors.keyReused,
      message: 'This Idempotency-Key was used before with a different request.',
      fields: [{ field: 'Idempotency-Key', rule: 'unique', message: 'Use a new key for a new request.' }],
    })
  }
  const headers = JSON.parse(known.headers) as Record<string, string>
  return {
    status: known.status,
    headers,
    ...(known.body === null ? {} : { body: JSON.parse(known.body) as unknown }),
  }
}

/** What makes two requests the same one; credentials are no part of it. */
export function fingerprintOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
