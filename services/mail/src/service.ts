import { defineService, noContent, ok, refused } from '@flowstead/service-kit'
import { attachmentAnswer } from './attachment-answer.ts'
import { deleteMessages, findAttachment, findMessage, listMessages, type MessageFilter } from './mailbox.ts'
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
      throw notFound('id', `There is no message "${id.slice(0, 60)}".`)
    },
    getAttachment: ({ db, params }) => {
      const { id, number } = params as { id: string; number: number }
      const file = findAttachment(db, id, number)
      if (file !== undefined) return attachmentAnswer(file, number)
      throw notFound('number', `The message "${id.slice(0, 60)}" has no attachment ${number} that was kept.`)
    },
    deleteMessages: ({ db }) => {
      deleteMessages(db)
      return noContent
    },
  },
})

function notFound(field: string, message: string) {
  const fields = [{ field, rule: 'exists', message }]
  return refused({ status: 404, code: mailErrors.notFound, message, fields })
}
