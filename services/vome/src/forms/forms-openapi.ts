import type { OpenApi, Schema } from '@flowstead/service-kit'
import {
  answer,
  conflicting,
  idParameter,
  jsonBody,
  missing,
  refusals,
} from '../resource/resource-openapi.ts'
import { changedSubmission, newSubmission } from './submission-schema.ts'

const tags = ['form_submissions']
const shown: Schema = { $ref: '#/components/schemas/FormSubmissionPayload' }
const one = '/api/v1/form_submissions/{id}'

/** Schemas besides those of the resources. */
export const formSchemas: Readonly<Record<string, Schema>> = {
  NewFormSubmission: newSubmission,
  ChangedFormSubmission: changedSubmission,
}

export const formPaths: OpenApi['paths'] = {
  '/api/v1/form_submissions': {
    post: {
      operationId: 'createFormSubmission',
      summary: 'Submits a form, for a profile or for an applicant.',
      description: 'Who is not known by address yet gets an offline profile. Automations of the form run.',
      tags,
      requestBody: jsonBody({ $ref: '#/components/schemas/NewFormSubmission' }),
      responses: {
        201: answer('The submission as its event carries it.', shown),
        ...refusals,
        ...conflicting,
      },
    },
  },
  [one]: {
    get: {
      operationId: 'getFormSubmission',
      summary: 'Shows one submission with all its answers.',
      tags,
      parameters: [idParameter],
      responses: { 200: answer('The submission as its event carries it.', shown), ...refusals, ...missing },
    },
    patch: {
      operationId: 'updateFormSubmission',
      summary: 'Reviews a submission, edits its content or moves it to a folder.',
      description: 'Lists replace what was there; of the answers only the given ones change.',
      tags,
      parameters: [idParameter],
      requestBody: jsonBody({ $ref: '#/components/schemas/ChangedFormSubmission' }),
      responses: {
        200: answer('The submission as its event carries it.', shown),
        ...refusals,
        ...missing,
        ...conflicting,
      },
    },
    delete: {
      operationId: 'deleteFormSubmission',
      summary: 'Deletes a submission.',
      tags,
      parameters: [idParameter],
      responses: { 204: { description: 'It is gone.' }, ...refusals, ...missing },
    },
  },
}
