/** Sample data: coaches, talents and sessions in several languages and scripts, for the coming weeks. */
import { createHash } from 'node:crypto'
import { isoTime, type ServiceContext } from '@flowstead/service-kit'
import { findAppointment } from './sessions/appointment-store.ts'
import { type NewSession, scheduleSession } from './sessions/schedule.ts'

/** The same id for the same sample on every start. */
export function sampleId(...parts: readonly (string | number)[]): string {
  const hex = createHash('sha256')
    .update(`phoenix/${parts.join('/')}`)
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

interface Sample extends Pick<NewSession, 'title' | 'description' | 'appointmentType'> {
  readonly key: string
  readonly coach: string
  readonly talent: string
  readonly block?: string
  /** Days from today, hour of the day in UTC, and length in minutes. */
  readonly day: number
  readonly hour: number
  readonly minutes: number
}

const samples: readonly Sample[] = [
  {
    key: 'discovery',
    coach: 'camille',
    talent: 'lea',
    title: 'Séance Découverte',
    description: 'Premier échange en visioconférence : attentes, rythme, objectifs.',
    day: 1,
    hour: 7,
    minutes: 30,
  },
  {
    key: 'goals-1',
    coach: 'camille',
    talent: 'lea',
    title: 'Définir ses objectifs (1/2)',
    description: null,
    appointmentType: 'PART_ONE',
    block: 'lea-goals',
    day: 8,
    hour: 7,
    minutes: 60,
  },
  {
    key: 'goals-2',
    coach: 'camille',
    talent: 'lea',
    title: 'Définir ses objectifs (2/2)',
    description: null,
    appointmentType: 'PART_TWO',
    block: 'lea-goals',
    day: 10,
    hour: 7,
    minutes: 60,
  },
  {
    key: 'strengths',
    coach: 'pavel',
    talent: 'ludmila',
    title: 'Silné stránky a příští krok',
    description: 'Příprava na výběrové řízení.',
    day: 2,
    hour: 13,
    minutes: 45,
  },
  {
    key: 'change',
    coach: 'pavel',
    talent: 'grigori',
    title: 'Смена профессии: первые шаги',
    description: 'Разбор резюме и план на месяц.',
    day: 3,
    hour: 9,
    minutes: 60,
  },
  {
    key: 'speaking',
    coach: 'haruka',
    talent: 'kenta',
    title: 'プレゼンテーションの練習',
    description: 'オンラインで三十分。',
    day: 4,
    hour: 1,
    minutes: 30,
  },
  {
    key: 'leading',
    coach: 'haruka',
    talent: 'orla',
    title: 'Leading a first team',
    description: 'Feedback, delegation & "difficult" conversations.',
    day: 5,
    hour: 10,
    minutes: 60,
  },
]

const dayMs = 24 * 3_600_000

/** Adds the sessions that are missing; one that was changed or deleted is left alone. */
export function seed(context: ServiceContext): void {
  const today = Math.floor(context.now() / dayMs) * dayMs
  for (const sample of samples) {
    if (findAppointment(context.db, sampleId('session', sample.key)) === undefined) {
      scheduleSession(context, sessionOf(sample, today))
    }
  }
}

function sessionOf(sample: Sample, today: number): NewSession {
  const { block, coach, day, description, hour, key, minutes, talent, title } = sample
  const start = today + day * dayMs + hour * 3_600_000
  return {
    id: sampleId('session', key),
    title,
    description: description ?? null,
    startDate: isoTime(start),
    endDate: isoTime(start + minutes * 60_000),
    coachId: sampleId('coach', coach),
    talentId: sampleId('talent', talent),
    appointmentType: sample.appointmentType ?? 'STANDALONE',
    talentBlockId: block === undefined ? null : sampleId('block', block),
    subphaseId: sampleId('subphase', 1),
  }
}
