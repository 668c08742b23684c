import { defineService, noContent, ok, refused } from '@flowstead/service-kit'
import { deleteMessages, findMessage, listMessages, type MessageFilter } from './mailbox.ts'
import { openapi } from './openapi.ts'
import { pages } from './pages.ts'
import { steps } from './schema.ts'
import { listenSmtp } from './smtp.ts'

/** Codes of this service, as its clients see them. */
export const mailErrors = { notFound: 'Mail.NotFound' } as const

/** The mail box as a local service: SMTP in, messages over HTTP. */
export const mailService = defineService({
  name: 'mail',
  title: 'Mail box',
  port: 7286,
  openapi,
  auth: { in: 'header', name: 'X-API-Key' },
  steps,
  problemBody: ({ code, fields, message }) => ({ code, message, fields }),
  listeners: { smtp: { port: 7225, listen: listenSmtp } },
  pages,
  handlers: {
    listMessages: ({ db, query }) => ok({ messages: listMessages(db, query as unknown as MessageFilter) }),
    getMessage: ({ db, params }) => {
      const id = String(params.id)
      const message = findMessage(db, id)
      if (message !== undefined) return ok(message)
      const sentence = `There is no message "${id.slice(0, 60)}".`
      throw refused({
        status: 404,
        code: mailErrors.notFound,
        message: sentence,
        fields: [{ field: 'id', rule: 'exists', message: sentence }],
      })
    },
    deleteMessages: ({ db }) => {
      deleteMessages(db)
      return noContent
    },
  },
})
