/**
 * The frame of every page of the server: HTML made here, without scripts, that loads nothing and may be framed
 * nowhere. The only style sheet is the one below, allowed by its hash.
 */
import { createHash } from 'node:crypto'
import { escapeHtml, type Html, html } from '@flowstead/service-kit'
import type { FastifyReply } from 'fastify'

const style = `
:root { color-scheme: light dark; --line: #d8dde5; --soft: #f2f4f7; --quiet: #5b6675; --link: #1a56c4 }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem 1.2rem 4rem; color: #1c2430; background: #fff }
h1 { font-size: 1.5rem; margin: .6rem 0 .2rem; overflow-wrap: anywhere } h2 { font-size: 1.15rem; margin: 2.2rem 0 .5rem } h3 { font-size: 1rem; margin: 1.2rem 0 .4rem }
a { color: var(--link) } p { margin: .4rem 0 } .quiet { color: var(--quiet) }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
th { font-weight: 600; font-size: .85rem; color: var(--quiet) } td.name { overflow-wrap: break-word; font-family: ui-monospace, monospace; font-size: 13px }
code, pre { font: 13px/1.5 ui-monospace, monospace } pre { margin: .4rem 0; padding: .8rem; background: var(--soft); border-radius: 6px; overflow: auto; max-height: 32rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: .8rem 0 } dt { color: var(--quiet) } dd { margin: 0; overflow-wrap: anywhere }
.scroll { overflow-x: auto } .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 0 1.2rem } .pair > * { min-width: 0 }
summary { cursor: pointer; padding: .3rem 0 } .status { font-weight: 600; white-space: nowrap } .time { white-space: nowrap }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .5rem } .wide { display: none } .stack thead { display: none } .stack tr { display: block; border-bottom: 1px solid var(--line); padding: .3rem 0 } .stack td { display: block; border: 0; padding: 0; overflow-wrap: anywhere } .stack td.name { font-weight: 600 } }
@media (prefers-color-scheme: dark) { :root { --line: #333c49; --soft: #1e242d; --quiet: #9aa5b4; --link: #8ab4f8 } body { color: #e4e8ee; background: #14181f } }
`

const policy = [
  `default-src 'none'`,
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  // The empty icon, which keeps browsers from asking for /favicon.ico.
  'img-src data:',
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ')

/** Text that is HTML already, such as a drawing; whoever made it has escaped what is in it. */
export function ready(text: string): Html {
  return { html: text }
}

/** Sends a whole page. */
export function sendPage(reply: FastifyReply, title: string, body: Html): FastifyReply {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><style>${style}</style><title>${escapeHtml(title)}</title>`
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .send(`<!doctype html>\n<html lang="en"><head>${head}</head><body>${body.html}</body></html>\n`)
}

/** A value as indented JSON in a box. */
export function jsonBox(value: unknown): Html {
  return html`<pre tabindex="0">${JSON.stringify(value, null, 2)}</pre>`
}

/** ms since the epoch as a UTC instant for people. */
export function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
