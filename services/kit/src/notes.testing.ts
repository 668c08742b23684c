import { created, noContent, ok } from './answer.ts'
import type { OpenApi, Schema } from './openapi.ts'
import { refused } from './problem.ts'
import { defineService } from './service.ts'
import { checkCallbackUrl } from './subscriptions.ts'

const problem = {
  description: 'Refused.',
  content: { 'application/json': { schema: { type: 'object', required: ['code', 'message', 'fields'] } } },
}
const refusals = { 400: problem, 409: problem, 422: problem }
const note: Schema = {
  type: 'object',
  properties: { text: { type: 'string', minLength: 1, maxLength: 20 }, important: { type: 'boolean' } },
  required: ['text'],
  additionalProperties: false,
}

const openapi: OpenApi = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1.0.0', description: 'Keeps <notes>.' },
  paths: {
    '/notes': {
      get: {
        operationId: 'listNotes',
        summary: 'All notes.',
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, default: 10 } }],
        responses: { 200: { description: 'The notes.' }, ...refusals },
      },
      post: {
        operationId: 'addNote',
        summary: 'Adds a note.',
        requestBody: { required: true, content: { 'application/json': { schema: note } } },
        responses: { 201: { description: 'The note.' }, ...refusals },
      },
    },
    '/subscriptions': {
      post: {
        operationId: 'subscribe',
        summary: 'Subscribes.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { type: 'object', properties: { url: { type: 'string' } }, required: ['url'] },
            },
          },
        },
        responses: { 201: { description: 'Subscribed.' }, ...refusals },
      },
    },
    '/subscriptions/{id}': {
      delete: {
        operationId: 'unsubscribe',
        summary: 'Unsubscribes.',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 204: { description: 'Gone.' }, ...refusals },
      },
    },
  },
}

/** A service as small as one can be; the text "boom" is added, published and then refused. */
export const notesService = defineService({
  name: 'notes',
  title: 'Notes',
  port: 7299,
  openapi,
  auth: { in: 'header', name: 'X-API-Key' },
  steps: ['CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT'],
  problemBody: ({ code, fields, message }) => ({ code, message, fields }),
  sampleEvent: (event) =>
    event === 'note.added' ? { event, entity: 'sample', payload: { id: 1, text: 'sample' } } : undefined,
  seed: ({ db }) => {
    db.prepare("INSERT OR IGNORE INTO notes (id, text) VALUES (1, 'first')").run()
  },
  handlers: {
    listNotes: ({ db, query }) =>
      ok(db.prepare('SELECT * FROM notes ORDER BY id LIMIT ?').all((query as { limit: number }).limit)),
    addNote: ({ body, db, publish }) => {
      const { text } = body as { text: string }
      const { lastInsertRowid: id } = db.prepare('INSERT INTO notes (text) VALUES (?)').run(text)
      publish({ event: 'note.added', entity: text.slice(0, 1), payload: { id, text } })
      if (text === 'boom') throw refused({ status: 409, code: 'Notes.Boom', message: 'No.' })
      return created(`/notes/${id}`, { id, text })
    },
    subscribe: ({ body, subscriptions }) => {
      const { url } = body as { url: string }
      checkCallbackUrl('url', url)
      const made = subscriptions.add({ callbackUrl: url, events: ['note.added'] })
      return created(`/subscriptions/${made.id}`, made)
    },
    unsubscribe: ({ params, subscriptions }) => {
      subscriptions.remove((params as { id: string }).id)
      return noContent
    },
  },
  pages: [{ path: '/', render: () => '<!doctype html><p>Notes' }],
})
