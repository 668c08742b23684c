import type { JsonSchema } from '../json-schema.ts'

/** The schema of `VCSessionScheduledEvent` as it was published, misprints included; nothing here is corrected. */
export const originalSchema: JsonSchema = {
  $id: 'VCSessionScheduledEventPayloadTSchema',
  type: 'object',
  properties: {
    appointment: {
      $id: 'AppointmentEntity',
      type: 'object',
      properties: {
        createdAt: {
          format: 'datetime',
          type: 'string',
        },
        updatedAt: {
          anyOf: [
            {
              format: 'datetime',
              type: 'string',
            },
            {
              type: 'null',
            },
          ],
        },
        deletedAt: {
          anyOf: [
            {
              format: 'datetime',
              type: 'string',
            },
            {
              type: 'null',
            },
          ],
        },
        id: {
          type: 'string',
        },
        title: {
          type: 'string',
        },
        description: {
          anyOf: [
            {
              type: 'string',
            },
            {
              type: 'null',
            },
          ],
        },
        startDate: {
          anyOf: [
            {
              format: 'datetime',
              type: 'string',
            },
            {
              type: 'null',
            },
          ],
        },
        endDate: {
          anyOf: [
            {
              format: 'datetime',
              type: 'string',
            },
            {
              type: 'null',
            },
          ],
        },
        coach: {},
        coachId: {
          type: 'string',
        },
        talent: {},
        talentId: {
          type: 'string',
        },
        status: {
          default: 'PLANNED',
          anyOf: [
            {
              const: 'CANCELED',
              type: 'string',
            },
            {
              const: 'DONE',
              type: 'string',
            },
            {
              const: 'PLANNED',
              type: 'string',
            },
          ],
        },
        cancelationReason: {
          anyOf: [
            {
              anyOf: [
                {
                  const: 'TALENT_ACTIVITIES_NOT_FINISHED',
                  type: 'string',
                },
                {
                  const: 'TALENT_NEED_MORE_TIME',
                  type: 'string',
                },
                {
                  const: 'TALENT_HAS_PROFESSIONAL_ENGAGMENT',
                  type: 'string',
                },
                {
                  const: 'TALENT_HAS_PERSONAL_ENGAGEMENT',
                  type: 'string',
                },
                {
                  const: 'TALENT_SUBPHASE_NOT_FINISHED',
                  type: 'string',
                },
                {
                  const: 'TALENT_NOT_AVAILABLE_MORE_THAN_24H',
                  type: 'string',
                },
                {
                  const: 'TALENT_NOT_AVAILABLE_LESS_THAN_24H',
                  type: 'string',
                },
                {
                  const: 'TALENT_NO_SHOW',
                  type: 'string',
                },
                {
                  const: 'TALENT_NOT_PRIORITIZING_HIS_PROGRAM',
                  type: 'string',
                },
                {
                  const: 'COACH_NO_LONGER_AVAILABLE',
                  type: 'string',
                },
                {
                  const: 'COACH_SET_WRONG_DATE_OR_HOUR',
                  type: 'string',
                },
                {
                  const: 'TALENT_IS_DEPAIRED_OR_REPAIRED',
                  type: 'string',
                },
                {
                  const: 'OTHER',
                  type: 'string',
                },
              ],
            },
            {
              type: 'null',
            },
          ],
        },
        cancelationExplanation: {
          anyOf: [
            {
              type: 'string',
            },
            {
              type: 'null',
            },
          ],
        },
        canceledBy: {
          anyOf: [
            {
              anyOf: [
                {
                  const: 'COACH',
                  type: 'string',
                },
                {
                  const: 'TALENT',
                  type: 'string',
                },
                {
                  const: 'ADMIN',
                  type: 'string',
                },
              ],
            },
            {
              type: 'null',
            },
          ],
        },
        talentBlock: {
          anyOf: [
            {},
            {
              type: 'null',
            },
          ],
        },
        talentBlockId: {
          anyOf: [
            {
              type: 'string',
            },
            {
              type: 'null',
            },
          ],
        },
        subphase: {
          anyOf: [
            {},
            {
              type: 'null',
            },
          ],
        },
        subphaseId: {
          anyOf: [
            {
              type: 'string',
            },
            {
              type: 'null',
            },
          ],
        },
        appointmentType: {
          default: 'STANDALONE',
          anyOf: [
            {
              const: 'STANDALONE',
              type: 'string',
            },
            {
              const: 'PART_ONE',
              type: 'string',
            },
            {
              const: 'PART_TWO',
              type: 'string',
            },
          ],
        },
        updateDetails: {
          anyOf: [
            {
              type: 'array',
              items: {},
            },
            {
              type: 'null',
            },
          ],
        },
        updateDetailsIds: {
          type: 'array',
          items: {
            type: 'string',
          },
        },
      },
      required: [
        'createdAt',
        'id',
        'title',
        'description',
        'coach',
        'coachId',
        'talent',
        'talentId',
        'status',
        'talentBlockId',
        'subphaseId',
        'appointmentType',
        'updateDetailsIds',
      ],
    },
  },
  required: ['appointment'],
}
