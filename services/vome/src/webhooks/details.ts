/** Reading an entity as its events carry it. */
import { type OpenApi, ok } from '@flowstead/service-kit'
import type { VomeHandler } from '../change-set.ts'
import { notFound } from '../errors.ts'
import { findRow, idOf } from '../resource/resource.ts'
import { answer, idParameter, missing, refusals } from '../resource/resource-openapi.ts'
import type { VomeEvent } from './events.ts'
import { payloadSchemas } from './payload-schemas.ts'
import { type EntityKind, payloadOf } from './payloads.ts'

interface Place {
  readonly kind: EntityKind
  readonly family: VomeEvent['family']
  readonly plural: string
  readonly operationId: string
}

const places: readonly Place[] = [
  {
    kind: 'reservation',
    family: 'reservation',
    plural: 'reservations',
    operationId: 'getReservationDetails',
  },
  {
    kind: 'form_submission',
    family: 'form_submission',
    plural: 'form_submissions',
    operationId: 'getFormSubmissionDetails',
  },
  {
    kind: 'sequence_assignment',
    family: 'sequence',
    plural: 'sequence_assignments',
    operationId: 'getSequenceAssignmentDetails',
  },
  { kind: 'profile', family: 'profile', plural: 'profiles', operationId: 'getProfileDetails' },
]

/** Handlers by operationId. */
export const detailHandlers: Record<string, VomeHandler> = Object.fromEntries(
  places.map(({ kind, operationId, plural }): [string, VomeHandler] => [
    operationId,
    (call) => {
      if (findRow(call.db, plural, idOf(call)) === undefined) throw notFound(kind, idOf(call))
      return ok(payloadOf(call, kind, idOf(call)))
    },
  ]),
)

/** `/<plural>/{id}/details`. */
export const detailPaths: OpenApi['paths'] = Object.fromEntries(
  places.map(({ family, operationId, plural }) => {
    const schema = { $ref: `#/components/schemas/${payloadSchemas[family].name}` }
    return [
      `/api/v1/${plural}/{id}/details`,
      {
        get: {
          operationId,
          summary: 'Shows it as its events carry it.',
          tags: [plural],
          parameters: [idParameter],
          responses: { 200: answer('What an event would carry now.', schema), ...refusals, ...missing },
        },
      },
    ]
  }),
)
