/** The service's document. */
import type { OpenApi, Operation, Schema } from '@flowstead/service-kit'
import { type Entity, eventsAbout, eventTypes } from './changes.ts'
import { clientMembers, clientSchema } from './clients.ts'
import { type Directory, directories, pascal } from './directories.ts'
import { jobCreateMembers, jobUpdateMembers, moveInput } from './jobs.ts'
import {
  after,
  answer,
  answerOf,
  boolean,
  conflicting,
  idParameter,
  jsonBody,
  list,
  missing,
  object,
  orNull,
  queryParameter,
  ref,
  refusals,
  text,
  time,
  updatedFilters,
  uuid,
} from './openapi-parts.ts'
import { permissionsSchema } from './rights.ts'
import { maxDays, segmentSchema, shiftsInput } from './shifts.ts'
import { jobItemSchema, jobSchema } from './show-job.ts'
import { siteMembers, siteSchema } from './sites.ts'
import { structures } from './structures.ts'
import { templateListSchema, templateMembers, templateSchema } from './templates.ts'
import { userMembers, userSchema } from './users.ts'

const location = { Location: { schema: { type: 'string' }, description: 'Where it is.' } }

/** The five operations of clients and sites. */
function versionedPaths(
  name: 'client' | 'site',
  members: Readonly<Record<string, Schema>>,
  required: readonly string[],
): OpenApi['paths'] {
  const plural = `${name}s`
  const title = pascal(name)
  const id = idParameter(`uuid or external id of the ${name}`)
  const tags = [plural]
  const made = object({ [`${name}_uuid`]: uuid })
  return {
    [`/v2/${plural}`]: {
      get: {
        operationId: `list${title}s`,
        summary: `Lists ${plural}, newest first.`,
        tags,
        parameters: [after, ...updatedFilters],
        responses: { 200: answerOf(plural, list(ref(`${title}Details`)), 'A page.'), ...refusals },
      },
      post: {
        operationId: `create${title}`,
        summary: `Makes a ${name}.`,
        tags,
        requestBody: jsonBody(object(members, required)),
        responses: { 201: { ...answer('Its id.', made), headers: location }, ...refusals },
      },
    },
    [`/v2/${plural}/{id}`]: {
      get: {
        operationId: `get${title}`,
        summary: `Gets a ${name}.`,
        tags,
        parameters: [id],
        responses: { 200: answerOf(name, ref(`${title}Details`), 'It.'), ...missing, ...refusals },
      },
      patch: {
        operationId: `update${title}`,
        summary: `Changes a ${name}; makes it when its external id is not known yet.`,
        tags,
        parameters: [id],
        requestBody: jsonBody(object(members, [])),
        responses: { 200: answer('Its id.', made), ...missing, ...conflicting, ...refusals },
      },
      delete: {
        operationId: `delete${title}`,
        summary: `Deletes a ${name} that nothing refers to.`,
        tags,
        parameters: [id],
        responses: { 204: answer('It is gone.'), ...missing, ...conflicting, ...refusals },
      },
    },
  }
}

/** A list that can be added to and changed. */
function directoryPaths({ members, name, plural, required, shown }: Directory): OpenApi['paths'] {
  const what = name.replace('_', ' ')
  const tags = [plural]
  const made = object({ [`${name}_uuid`]: uuid })
  return {
    [`/v2/${plural}`]: {
      get: {
        operationId: `list${pascal(plural)}`,
        summary: `Lists ${plural.replace('_', ' ')}.`,
        tags,
        parameters: [after],
        responses: { 200: answerOf(plural, list(shown), 'A page.'), ...refusals },
      },
      post: {
        operationId: `create${pascal(name)}`,
        summary: `Adds a ${what}.`,
        tags,
        requestBody: jsonBody(object(members, required)),
        responses: { 201: answer('Its id.', made), ...refusals },
      },
    },
    [`/v2/${plural}/{id}`]: {
      patch: {
        operationId: `update${pascal(name)}`,
        summary: `Changes a ${what}.`,
        tags,
        parameters: [idParameter(`uuid of the ${what}`)],
        requestBody: jsonBody({ ...object(members, []), minProperties: 1 }),
        responses: { 200: answer('Its id.', made), ...missing, ...refusals },
      },
    },
  }
}

const jobId = idParameter('uuid or external id of the job')
const madeJob = object({ job_uuid: uuid })
const tags = ['jobs']

const jobPaths: OpenApi['paths'] = {
  '/v2/jobs': {
    get: {
      operationId: 'listJobs',
      summary: 'Lists jobs, newest first.',
      tags,
      parameters: [after, ...updatedFilters],
      responses: { 200: answerOf('jobs', list(ref('JobListItem')), 'A page.'), ...refusals },
    },
    post: {
      operationId: 'createJob',
      summary: 'Makes a job.',
      description: 'A job with time and assignee is published at once unless the settings say otherwise.',
      tags,
      requestBody: jsonBody(object(jobCreateMembers, [])),
      responses: { 201: { ...answer('Its id.', madeJob), headers: location }, ...refusals },
    },
  },
  '/v2/jobs/{id}': {
    get: {
      operationId: 'getJob',
      summary: 'Gets a job.',
      tags,
      parameters: [jobId],
      responses: { 200: answerOf('job', ref('Job'), 'It.'), ...missing, ...refusals },
    },
    patch: {
      operationId: 'updateJob',
      summary: 'Changes a job.',
      description: 'Assignee and possible resolutions stay once the job has started.',
      tags,
      parameters: [jobId],
      requestBody: jsonBody(object(jobUpdateMembers, [])),
      responses: { 200: answer('Its id.', madeJob), ...missing, ...conflicting, ...refusals },
    },
    delete: {
      operationId: 'deleteJob',
      summary: 'Deletes a job that nobody is at work on.',
      tags,
      parameters: [jobId],
      responses: { 204: answer('It is gone.'), ...missing, ...conflicting, ...refusals },
    },
  },
  '/v2/jobs/{id}/history': {
    get: {
      operationId: 'getJobHistory',
      summary: 'Lists what happened to a job, oldest first.',
      tags,
      parameters: [
        jobId,
        queryParameter('after', { type: 'integer', minimum: 0 }, 'Version of the last event seen.'),
      ],
      responses: { 200: answerOf('events', list(ref('JobEvent')), 'A page.'), ...missing, ...refusals },
    },
  },
  '/v2/jobs/{id}/transitions': {
    post: {
      operationId: 'moveJob',
      summary: 'Moves a job to its next status.',
      description: 'Publishes, starts, suspends, finishes or cancels it. Finishing needs a resolution.',
      tags,
      parameters: [jobId],
      requestBody: jsonBody(moveInput),
      responses: {
        200: answerOf('job', ref('Job'), 'The job now.'),
        ...missing,
        ...conflicting,
        ...refusals,
      },
    },
  },
}

const otherPaths: OpenApi['paths'] = {
  '/v2/templates': {
    get: {
      operationId: 'listTemplates',
      summary: 'Lists templates of jobs, oldest first.',
      tags: ['templates'],
      parameters: [after, ...updatedFilters],
      responses: { 200: answerOf('templates', list(ref('TemplateListItem')), 'A page.'), ...refusals },
    },
    post: {
      operationId: 'createTemplate',
      summary: 'Makes a template; types of fields and data must fit.',
      tags: ['templates'],
      requestBody: jsonBody(object(templateMembers, ['name'])),
      responses: { 201: answer('Its id.', object({ template_uuid: uuid })), ...refusals },
    },
  },
  '/v2/templates/{id}': {
    get: {
      operationId: 'getTemplate',
      summary: 'Gets a template with its fields.',
      tags: ['templates'],
      parameters: [idParameter('uuid of the template')],
      responses: { 200: answerOf('template', ref('Template'), 'It.'), ...missing, ...refusals },
    },
  },
  '/v2/dictionaries/{id}/values': {
    get: {
      operationId: 'listDictionaryValues',
      summary: 'Lists the values of a dictionary.',
      tags: ['dictionaries'],
      parameters: [idParameter('uuid of the dictionary'), after],
      responses: {
        200: answerOf('values', list(ref('DictionaryValue')), 'A page.'),
        ...missing,
        ...refusals,
      },
    },
    post: {
      operationId: 'createDictionaryValue',
      summary: 'Adds a value to a dictionary, which has at most 200.',
      tags: ['dictionaries'],
      parameters: [idParameter('uuid of the dictionary')],
      requestBody: jsonBody(object({ name: text(200, 1) })),
      responses: {
        201: answer('Its id.', object({ value_uuid: uuid })),
        ...missing,
        ...conflicting,
        ...refusals,
      },
    },
  },
  '/v2/users': {
    get: {
      operationId: 'listUsers',
      summary: 'Lists users.',
      tags: ['users'],
      parameters: [after],
      responses: { 200: answerOf('users', list(ref('User')), 'A page.'), ...refusals },
    },
    post: {
      operationId: 'createUser',
      summary: 'Adds a user; rights must come with those they need.',
      tags: ['users'],
      requestBody: jsonBody(object(userMembers, ['first_name', 'last_name', 'email', 'password'])),
      responses: { 201: answer('The id.', object({ user_uuid: uuid })), ...refusals },
    },
  },
  '/v2/users/{id}': {
    get: {
      operationId: 'getUser',
      summary: 'Gets a user.',
      tags: ['users'],
      parameters: [idParameter('uuid of the user')],
      responses: { 200: answerOf('user', ref('User'), 'The user.'), ...missing, ...refusals },
    },
    patch: {
      operationId: 'updateUser',
      summary: 'Changes a user; rights are given as a whole.',
      tags: ['users'],
      parameters: [idParameter('uuid of the user')],
      requestBody: jsonBody(object(userMembers, [])),
      responses: {
        200: answer('The id.', object({ user_uuid: uuid })),
        ...missing,
        ...conflicting,
        ...refusals,
      },
    },
  },
  '/v2/users/{id}/shifts': {
    get: {
      operationId: 'getShifts',
      summary: `Gets when a user works, in segments without gaps; at most ${maxDays} days.`,
      tags: ['users'],
      parameters: [
        idParameter('uuid of the user'),
        { ...queryParameter('after', { type: 'string', format: 'date' }, 'First day.'), required: true },
        {
          ...queryParameter('before', { type: 'string', format: 'date' }, 'The day after the last.'),
          required: true,
        },
      ],
      responses: { 200: answerOf('timeline', list(segmentSchema), 'The segments.'), ...missing, ...refusals },
    },
    patch: {
      operationId: 'updateShifts',
      summary: 'Puts shifts in the place of what they cover.',
      tags: ['users'],
      parameters: [idParameter('uuid of the user')],
      requestBody: jsonBody(object({ shifts: shiftsInput })),
      responses: { 200: answer('The id.', object({ user_uuid: uuid })), ...missing, ...refusals },
    },
  },
}

const madeWebhook: Operation['responses'] = {
  201: answer('Its id.', object({ webhook_uuid: uuid })),
  ...refusals,
}

function webhookBody(allowed: readonly string[]): NonNullable<Operation['requestBody']> {
  const members = {
    url: { type: 'string', maxLength: 2048 },
    event_types: { ...list({ type: 'string', enum: allowed }), minItems: 1, uniqueItems: true },
    secret: { type: 'string', pattern: '^[\\x21-\\x7e]{1,200}$' },
  }
  return jsonBody(object(members, ['url']))
}

/** Where a kind of event is subscribed to, and where that subscription is ended. */
function triggerPaths(entity: Entity): OpenApi['paths'] {
  const title = pascal(entity)
  return {
    [`/v2/webhooks/${entity}s`]: {
      post: {
        operationId: `${title}Changed`,
        summary: `Subscribes to what happens to ${entity}s.`,
        description: 'All their events when none are named.',
        tags: ['webhooks'],
        requestBody: webhookBody(eventsAbout(entity)),
        responses: madeWebhook,
      },
    },
    [`/v2/webhooks/${entity}s/{id}`]: {
      delete: endWebhook(`end${title}Webhook`, `Ends a subscription to what happens to ${entity}s.`),
    },
  }
}

function endWebhook(operationId: string, summary: string): Operation {
  return {
    operationId,
    summary,
    tags: ['webhooks'],
    parameters: [idParameter('uuid of the webhook')],
    responses: { 204: answer('It is gone.'), ...missing, ...refusals },
  }
}

const webhookPaths: OpenApi['paths'] = {
  '/v2/webhooks': {
    get: {
      operationId: 'listWebhooks',
      summary: 'Lists webhooks.',
      tags: ['webhooks'],
      responses: { 200: answerOf('webhooks', list(ref('Webhook')), 'All of them.'), ...refusals },
    },
    post: {
      operationId: 'createWebhook',
      summary: 'Subscribes to events; all of them when none are named.',
      tags: ['webhooks'],
      requestBody: webhookBody(eventTypes),
      responses: madeWebhook,
    },
  },
  ...triggerPaths('job'),
  ...triggerPaths('client'),
  ...triggerPaths('site'),
  '/v2/webhooks/{id}': { delete: endWebhook('deleteWebhook', 'Ends a webhook.') },
  '/v2/webhooks/{id}/requests': {
    get: {
      operationId: 'listWebhookRequests',
      summary: 'Lists the last tries to deliver, newest first.',
      tags: ['webhooks'],
      parameters: [idParameter('uuid of the webhook')],
      responses: {
        200: answerOf('requests', list(ref('DeliveryAttempt')), 'The tries.'),
        ...missing,
        ...refusals,
      },
    },
  },
}

const settings = object({ publishes_at_once: boolean })

const localPaths: OpenApi['paths'] = {
  '/local/settings': {
    get: {
      operationId: 'getSettings',
      summary: 'Gets the settings of this service.',
      tags: ['local'],
      responses: { 200: answer('The settings.', settings), ...refusals },
    },
    patch: {
      operationId: 'updateSettings',
      summary: 'Changes whether assignees see schedules without their being published.',
      tags: ['local'],
      requestBody: jsonBody(settings),
      responses: { 200: answer('The settings.', settings), ...refusals },
    },
  },
}

const wholeNumber: Schema = { type: 'integer' }

const components: Readonly<Record<string, Schema>> = {
  ...structures,
  Permissions: permissionsSchema,
  ClientDetails: clientSchema,
  SiteDetails: siteSchema,
  User: userSchema,
  TemplateListItem: templateListSchema,
  Template: templateSchema,
  JobListItem: jobItemSchema,
  Job: jobSchema,
  ChangeContext: object({
    source: { type: 'string', enum: ['api', 'web', 'mobile'] },
    happened_at: time,
    created_at: time,
    user_uuid: orNull(uuid),
    user_email: orNull(text(200)),
    device_uuid: orNull(uuid),
  }),
  JobEvent: object({
    version: wholeNumber,
    uuid,
    type: { type: 'string', enum: eventsAbout('job') },
    payload: { type: 'object' },
    context: ref('ChangeContext'),
  }),
  Webhook: object(
    {
      uuid,
      url: { type: 'string' },
      event_types: list({ type: 'string', enum: eventTypes }),
      suspended: boolean,
      secret: { type: 'string' },
    },
    ['uuid', 'url', 'event_types', 'suspended'],
  ),
  DeliveryAttempt: object({
    uuid,
    event_type: { type: 'string', enum: eventTypes },
    entity_type: { type: 'string', enum: ['job', 'client', 'site'] },
    entity_uuid: uuid,
    entity_version: orNull(wholeNumber),
    attempt_no: wholeNumber,
    status: { type: 'string', enum: ['sent', 'failed'] },
    http_request_body: { type: 'string' },
    http_response_code: orNull(wholeNumber),
    http_response_headers: orNull({ type: 'object' }),
    http_response_body: orNull({ type: 'string' }),
    send_at: time,
    sent_at: orNull(time),
    request_time_ms: wholeNumber,
    error_type: orNull({ type: 'string' }),
    error_description: orNull({ type: 'string' }),
  }),
  Error: object({
    error: object({ code: { type: 'string' }, message: { type: 'string' }, field: { type: 'string' } }, [
      'code',
      'message',
    ]),
  }),
  Errors: object({
    errors: {
      ...list(object({ field: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } })),
      minItems: 1,
    },
  }),
}

/** Planado's API. */
export const openapi: OpenApi = {
  openapi: '3.1.0',
  info: {
    title: 'Planado',
    version: '2.0.0',
    description:
      'Jobs for people who work in the field: who does what, where and when, and how it went. Lists have 20 a page; times are UTC.',
  },
  security: [{ api_key: [] }],
  paths: {
    ...jobPaths,
    ...versionedPaths('client', clientMembers, []),
    ...versionedPaths('site', siteMembers, ['name']),
    ...Object.assign({}, ...directories.map(directoryPaths)),
    ...otherPaths,
    ...webhookPaths,
    ...localPaths,
  },
  components: {
    schemas: components,
    securitySchemes: { api_key: { type: 'http', scheme: 'bearer' } },
  },
}
