/** Who may cancel for which reason, and when. Spellings are those that travel, misprints included. */
import { type FieldProblem, invalid } from '@flowstead/service-kit'
import { conflict, phoenixErrors } from '../errors.ts'

export const cancelers = ['COACH', 'TALENT', 'ADMIN'] as const

export type Canceler = (typeof cancelers)[number]

interface ReasonRule {
  readonly by: readonly Canceler[]
  /** In relation to the start of the session. */
  readonly when: 'before' | 'dayBefore' | 'lessThanDayBefore' | 'after'
}

const anybody: readonly Canceler[] = cancelers
const coachOrAdmin: readonly Canceler[] = ['COACH', 'ADMIN']

/** The thirteen reasons. */
export const cancelRules = {
  TALENT_ACTIVITIES_NOT_FINISHED: { by: anybody, when: 'before' },
  TALENT_NEED_MORE_TIME: { by: anybody, when: 'before' },
  TALENT_HAS_PROFESSIONAL_ENGAGMENT: { by: anybody, when: 'before' },
  TALENT_HAS_PERSONAL_ENGAGEMENT: { by: anybody, when: 'before' },
  TALENT_SUBPHASE_NOT_FINISHED: { by: anybody, when: 'before' },
  TALENT_NOT_AVAILABLE_MORE_THAN_24H: { by: anybody, when: 'dayBefore' },
  TALENT_NOT_AVAILABLE_LESS_THAN_24H: { by: anybody, when: 'lessThanDayBefore' },
  TALENT_NO_SHOW: { by: coachOrAdmin, when: 'after' },
  TALENT_NOT_PRIORITIZING_HIS_PROGRAM: { by: anybody, when: 'before' },
  COACH_NO_LONGER_AVAILABLE: { by: coachOrAdmin, when: 'before' },
  COACH_SET_WRONG_DATE_OR_HOUR: { by: coachOrAdmin, when: 'before' },
  TALENT_IS_DEPAIRED_OR_REPAIRED: { by: ['ADMIN'], when: 'before' },
  OTHER: { by: anybody, when: 'before' },
} as const satisfies Readonly<Record<string, ReasonRule>>

export type CancelReason = keyof typeof cancelRules

export interface Cancelation {
  readonly cancelationReason: CancelReason
  readonly canceledBy: Canceler
  readonly cancelationExplanation?: string | null
}

const dayMs = 24 * 3_600_000

/**
 * @param noticeMs from now to the start of the session; exactly a day counts as a day before
 * @throws 400 naming `canceledBy` or `cancelationExplanation`, 409 naming `cancelationReason`
 */
export function checkCancelation(cancelation: Cancelation, noticeMs: number): void {
  const problems = memberProblems(cancelation)
  if (problems.length > 0) throw invalid(problems)
  const { when } = cancelRules[cancelation.cancelationReason]
  if (when === 'after' && noticeMs > 0) {
    throw refusedReason(phoenixErrors.notStarted, 'Nobody can have missed a session that has not started.')
  }
  if (when !== 'after' && noticeMs <= 0) {
    const message = 'A session that has started can only be cancelled with TALENT_NO_SHOW.'
    throw refusedReason(phoenixErrors.alreadyStarted, message)
  }
  if (when === 'dayBefore' && noticeMs < dayMs) {
    throw refusedReason(phoenixErrors.wrongNotice, 'The session starts in less than 24 hours.')
  }
  if (when === 'lessThanDayBefore' && noticeMs >= dayMs) {
    throw refusedReason(phoenixErrors.wrongNotice, 'The session does not start within 24 hours.')
  }
}

function memberProblems({
  cancelationExplanation,
  cancelationReason,
  canceledBy,
}: Cancelation): FieldProblem[] {
  const problems: FieldProblem[] = []
  const by: readonly Canceler[] = cancelRules[cancelationReason].by
  if (!by.includes(canceledBy)) {
    const message = `"canceledBy" must be ${by.join(' or ')} for ${cancelationReason}.`
    problems.push({ field: 'canceledBy', rule: 'reason', message })
  }
  if (cancelationReason === 'OTHER' && (cancelationExplanation ?? '').trim() === '') {
    const message = '"cancelationExplanation" is required for OTHER.'
    problems.push({ field: 'cancelationExplanation', rule: 'required', message })
  }
  return problems
}

function refusedReason(code: string, message: string) {
  return conflict(code, 'cancelationReason', message)
}
