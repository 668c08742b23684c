import { eventsNamed } from '@flowstead/catalog'
import { FlowsteadError } from '@flowstead/errors'
import { html } from '@flowstead/service-kit'
import type { EventTable } from '@flowstead/store-sqlite'
import type { FastifyInstance } from 'fastify'
import type { EventCatalog } from '../events/event-catalog.ts'
import type { FlowBook } from '../flows/flow-book.ts'
import { eventPage } from '../pages/event-page.ts'
import { eventsPage } from '../pages/events-page.ts'
import { sendPage } from '../pages/frame.ts'
import type { SignIn } from './sign-in.ts'

export interface PageRoutes {
  readonly book: FlowBook
  readonly catalog: EventCatalog
  readonly table: EventTable
  readonly signIn: SignIn
  readonly url: () => string
}

const seeOther = 303

/** Pages for people, and the links that sign a browser in: `/k/<code>`, `/events`, `/events/<name>`. */
export function registerPageRoutes(app: FastifyInstance, routes: PageRoutes): void {
  const { book, catalog, signIn, table, url } = routes
  const page = { config: { access: 'page' as const } }

  app.post('/api/links', { config: { access: 'token' } }, async ({ body }) => {
    const { to } = (body ?? {}) as { to?: unknown }
    return { schema: 'link/1', url: url() + signIn.link(pathOf(to)) }
  })

  app.get('/k/:code', { config: { access: 'public' } }, async ({ params }, reply) => {
    const redeemed = signIn.redeem((params as { code: string }).code)
    if (redeemed !== undefined) {
      return reply
        .header('set-cookie', redeemed.cookie)
        .header('cache-control', 'no-store')
        .redirect(redeemed.to, seeOther)
    }
    const body = html`<h1>This link has been used</h1>
<p>Each link signs a browser in once. <code>npx flowstead event page</code> prints a new one.</p>`
    return sendPage(reply.code(410), 'This link has been used', body)
  })

  app.get('/events', page, async (_request, reply) =>
    sendPage(reply, 'Events', eventsPage({ catalog: catalog.current(), lastSeen: table.lastSeen })),
  )

  app.get('/events/:name', page, async ({ params }, reply) => {
    const { name } = params as { name: string }
    const current = catalog.current()
    const [event, ...others] = eventsNamed(current, name)
    if (event === undefined) {
      const body = html`<h1>No such event</h1><p>No connector here tells of <code>${name.slice(0, 100)}</code>.</p>
<p><a href="/events">All events</a></p>`
      return sendPage(reply.code(404), 'No such event', body)
    }
    const view = {
      catalog: current,
      events: [event, ...others] as const,
      lastSeen: table.lastSeen(name),
      recent: table.list({ name, limit: 10 }),
      flowName: (id: string) => book.find(id)?.flow.name ?? id,
    }
    return sendPage(reply, name, eventPage(view))
  })
}

/** A place on this server; anything else would send people away. */
function pathOf(to: unknown): string {
  if (to === undefined) return '/events'
  if (typeof to === 'string' && /^\/[\w.~%-][\w.~%/?=&-]*$/.test(to)) return to
  throw new FlowsteadError('Server.BadRequest', 'A link leads to a path of this server.', { path: 'to' })
}
