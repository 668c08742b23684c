import type { OpenApi, Parameter, Schema } from '@flowstead/service-kit'
import {
  answer,
  conflicting,
  idParameter,
  jsonBody,
  missing,
  refusals,
} from '../resource/resource-openapi.ts'
import { assignmentStates } from './assignments.ts'
import { progressInput, progressSchema } from './step-progress.ts'

const text: Schema = { type: 'string', maxLength: 100 }
const shown: Schema = { $ref: '#/components/schemas/SequenceAssignment' }
const progress: Schema = { $ref: '#/components/schemas/StepProgress' }
const stepParameter: Parameter = { name: 'step_id', in: 'path', required: true, schema: { type: 'string' } }
const tags = ['sequence_assignments']

const progressOfStep: Schema = {
  ...progressInput,
  properties: { step_id: text, ...(progressInput.properties as Record<string, Schema>) },
  required: ['step_id'],
}

/** Schemas besides those of the resources. */
export const sequenceSchemas: Readonly<Record<string, Schema>> = { StepProgress: progressSchema }

export const sequencePaths: OpenApi['paths'] = {
  '/api/v1/sequence_assignments': {
    post: {
      operationId: 'createSequenceAssignment',
      summary: 'Assigns a person to a published sequence.',
      tags,
      requestBody: jsonBody({
        type: 'object',
        properties: {
          sequence_id: text,
          profile_id: text,
          steps: {
            type: 'array',
            items: progressOfStep,
            maxItems: 200,
            description:
              'What the person has done already; the first step that is not complete is the current one.',
          },
        },
        required: ['sequence_id', 'profile_id'],
        additionalProperties: false,
      }),
      responses: { 201: answer('The assignment.', shown), ...refusals, ...conflicting },
    },
  },
  '/api/v1/sequence_assignments/{id}': {
    patch: {
      operationId: 'updateSequenceAssignment',
      summary: 'Pauses, resumes, hides or finishes an assignment, or moves it to another step.',
      tags,
      parameters: [idParameter],
      requestBody: jsonBody({
        type: 'object',
        properties: {
          status: { enum: assignmentStates },
          current_step_id: text,
          notes: { type: 'string', maxLength: 5000 },
        },
        minProperties: 1,
        additionalProperties: false,
      }),
      responses: { 200: answer('The assignment.', shown), ...refusals, ...missing, ...conflicting },
    },
    delete: {
      operationId: 'deleteSequenceAssignment',
      summary: 'Takes a person out of a sequence.',
      tags,
      parameters: [idParameter],
      responses: { 204: { description: 'It is gone.' }, ...refusals, ...missing },
    },
  },
  '/api/v1/sequence_assignments/{id}/steps/{step_id}': {
    get: {
      operationId: 'getStepProgress',
      summary: 'Shows how far the person is with a step.',
      tags,
      parameters: [idParameter, stepParameter],
      responses: { 200: answer('The progress.', progress), ...refusals, ...missing },
    },
    patch: {
      operationId: 'updateStepProgress',
      summary: 'Changes how far the person is with a step.',
      tags,
      parameters: [idParameter, stepParameter],
      requestBody: jsonBody(progressInput),
      responses: { 200: answer('The progress.', progress), ...refusals, ...missing, ...conflicting },
    },
  },
}
