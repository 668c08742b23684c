import type { EventType } from './event-type.ts'
import { sessionEvents } from './phoenix/session-events.ts'

/** A part of the world that events belong to. */
export interface Domain {
  readonly id: string
  readonly name: string
  readonly summary: string
}

/** What sends events, within a domain. */
export interface Service {
  readonly id: string
  readonly name: string
  readonly summary: string
}

/** A system with its place in the catalog. */
export interface System {
  readonly domain: Domain
  readonly service: Service
  /** Name of the connector through which flows hear of its events. */
  readonly connector: string
  /** What is known of its events beyond the connector definition. */
  readonly types?: readonly EventType[]
}

/** The five systems that come with Flowstead. */
export const systems = {
  vome: {
    domain: { id: 'vome', name: 'Vome', summary: 'Volunteer management' },
    service: {
      id: 'vome-volunteers',
      name: 'Volunteers',
      summary: 'Reservations, profiles, forms and onboarding of volunteers',
    },
    connector: 'Vome',
  },
  hotprofile: {
    domain: { id: 'hotprofile', name: 'HotProfile', summary: 'Customer relations' },
    service: { id: 'hotprofile-crm', name: 'CRM', summary: 'Business cards, clients and leads' },
    connector: 'HotProfile',
  },
  planado: {
    domain: { id: 'planado', name: 'Planado', summary: 'Field service' },
    service: { id: 'planado-jobs', name: 'Jobs', summary: 'Jobs, clients and sites' },
    connector: 'Planado',
  },
  phoenix: {
    domain: { id: 'phoenix', name: 'Phoenix', summary: 'Coaching along a learning path' },
    service: { id: 'phoenix-sessions', name: 'Sessions', summary: 'Coaching sessions' },
    connector: 'Phoenix',
    types: sessionEvents,
  },
  autoreview: {
    domain: { id: 'autoreview', name: 'AutoReview', summary: 'Quality of flows' },
    service: { id: 'autoreview-reviews', name: 'Reviews', summary: 'Reviews of flows' },
    connector: 'AutoReview',
  },
} as const satisfies Readonly<Record<string, System>>
