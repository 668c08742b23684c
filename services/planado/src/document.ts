/** The whole document: the API, and what users do on the web and on their phones. */
import { type OpenApi, type Operation, operationsOf } from '@flowstead/service-kit'
import { attachmentInput } from './attachments.ts'
import { moveInput } from './jobs.ts'
import { notificationsSchema, reportInput } from './mobile.ts'
import { openapi } from './openapi.ts'
import {
  answer,
  answerOf,
  conflicting,
  idParameter,
  jsonBody,
  list,
  missing,
  object,
  queryParameter,
  ref,
  refusals,
  text,
  time,
  uuid,
} from './openapi-parts.ts'
import { mapInput, scheduleInput } from './schedule.ts'
import { type UserOperation, userOperations } from './user-operations.ts'

const forbidden: Operation['responses'] = { 403: answer('The right is missing.', ref('Error')) }
const wholeJob = { 200: answerOf('job', ref('Job'), 'The job now.') }
const tags = ['users']

type Own = Omit<Operation, 'operationId'>

/** The operations that are not like one of the API. */
const ownOperations: Readonly<Record<string, Own>> = {
  webGetSchedule: {
    summary: 'Lists the jobs of a day.',
    parameters: [
      { ...queryParameter('date', { type: 'string', format: 'date' }, 'The day, UTC.'), required: true },
    ],
    responses: { 200: answerOf('jobs', list(ref('JobListItem')), 'The jobs.'), ...refusals },
  },
  webUpdateSchedule: {
    summary: 'Plans a job, and publishes it.',
    parameters: [idParameter('uuid or external id of the job')],
    requestBody: jsonBody(scheduleInput),
    responses: { ...wholeJob, ...missing, ...conflicting, ...refusals },
  },
  webUpdateMap: {
    summary: 'Puts the pin of a site elsewhere.',
    parameters: [idParameter('uuid or external id of the site')],
    requestBody: jsonBody(mapInput),
    responses: { 200: answer('Its id.', object({ site_uuid: uuid })), ...missing, ...refusals },
  },
  webExportJobs: {
    summary: 'Exports all jobs as CSV.',
    responses: { 200: { description: 'The table.' }, ...refusals },
  },
  mobileListNotifications: {
    summary: 'Lists what the user was told, newest first.',
    responses: { 200: answerOf('notifications', notificationsSchema, 'The last ones.'), ...refusals },
  },
  mobileListJobs: {
    summary: 'Lists the published jobs in which the user has a part, newest first.',
    responses: { 200: answerOf('jobs', list(ref('Job')), 'The jobs.'), ...refusals },
  },
  mobileGetJob: {
    summary: 'Gets a job.',
    parameters: [idParameter('uuid or external id of the job')],
    responses: { ...wholeJob, ...missing, ...refusals },
  },
  mobileUpdateJob: {
    summary: 'Fills report fields of a job.',
    parameters: [idParameter('uuid or external id of the job')],
    requestBody: jsonBody(reportInput),
    responses: { ...wholeJob, ...missing, ...conflicting, ...refusals },
  },
  mobileMoveJob: {
    summary: 'Sets out, starts, pauses, resumes or finishes a job.',
    parameters: [idParameter('uuid or external id of the job')],
    requestBody: jsonBody(moveInput),
    responses: { ...wholeJob, ...missing, ...conflicting, ...refusals },
  },
}

const operationsOfApi = new Map(
  operationsOf(openapi).map(({ operation }) => [operation.operationId, operation]),
)

function operationOf({ id, like, right }: UserOperation): Operation {
  const own = (like === undefined ? ownOperations[id] : operationsOfApi.get(like)) as Own
  return {
    ...own,
    operationId: id,
    description: `Needs the right ${right}.`,
    tags,
    security: [{ user: [] }],
    responses: { ...own.responses, ...forbidden },
  }
}

const login: Operation = {
  operationId: 'login',
  summary: 'Gives a user a token for the pages and for what users do.',
  tags,
  security: [],
  requestBody: jsonBody(
    object({ email: text(200, 1), password: text(128, 1), app: { type: 'string', enum: ['web', 'mobile'] } }),
  ),
  responses: {
    201: answer('The token.', object({ token: text(), expires_at: time, user: ref('User') })),
    ...refusals,
    ...forbidden,
  },
}

const logout: Operation = {
  operationId: 'logout',
  summary: 'Ends a token.',
  tags,
  security: [{ user: [] }],
  responses: { 204: answer('It is no longer in force.'), ...refusals },
}

const attachmentPaths: OpenApi['paths'] = {
  '/local/attachments': {
    post: {
      operationId: 'createAttachment',
      summary: 'Keeps a file; its URL is a value for fields of type file and image.',
      tags: ['attachments'],
      requestBody: jsonBody(attachmentInput),
      responses: {
        201: answer('Where it is, for an hour.', object({ attachment_uuid: uuid, url: text() })),
        ...refusals,
      },
    },
  },
  '/local/attachments/{id}': {
    get: {
      operationId: 'getAttachment',
      summary: 'Gets a file by its signed URL.',
      tags: ['attachments'],
      security: [],
      parameters: [
        idParameter('uuid of the file'),
        { ...queryParameter('expires', { type: 'integer' }, 'When the URL ends, ms.'), required: true },
        { ...queryParameter('signature', text(100, 1), 'Signature of the URL.'), required: true },
      ],
      responses: {
        200: { description: 'The file.' },
        ...missing,
        ...refusals,
        403: answer('The URL has ended.', ref('Error')),
      },
    },
  },
}

function pathsOfUsers(): OpenApi['paths'] {
  const paths: Record<string, Record<string, Operation>> = {}
  for (const one of userOperations) {
    const path = `/local${one.path}`
    paths[path] = { ...paths[path], [one.method]: operationOf(one) }
  }
  return paths
}

/** The service's document. */
export const document: OpenApi = {
  ...openapi,
  paths: {
    ...openapi.paths,
    '/local/login': { post: login },
    '/local/logout': { post: logout },
    ...attachmentPaths,
    ...pathsOfUsers(),
  },
  components: {
    ...openapi.components,
    securitySchemes: { ...openapi.components?.securitySchemes, user: { type: 'http', scheme: 'bearer' } },
  },
}
