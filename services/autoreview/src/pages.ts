/** AutoReview for people: a definition is pasted and reviewed; the newest reviews can be opened again. */
import {
  curlDetails,
  type Html,
  html,
  invalid,
  isoTime,
  type Page,
  type PageCall,
  type Problem,
  page,
} from '@flowstead/service-kit'
import { documentOf } from './answers.ts'
import { keepReview, keptDocument, keptReviews, maxKeptReviews } from './kept-reviews.ts'
import { dayOf } from './operations.ts'
import { readRequest, reviewRequest } from './request.ts'

const startPage: Page = {
  path: '/',
  render: (call, problem) =>
    page(
      'AutoReview',
      html`<h1>AutoReview</h1>
${problemNote(problem)}
<form method="post">
<p><label for="definition">The definition of a flow: as exported, bare, or its client data</label></p>
<p><textarea id="definition" name="definition" rows="14" required spellcheck="false"></textarea></p>
<p><label>Name (optional) <input name="name" maxlength="256"></label> <button>Review</button></p>
</form>
${curlDetails(sampleCall(call))}
<h2>Reviews</h2>
${reviewTable(call)}
<p class="quiet">The last ${maxKeptReviews} reviews of this page are kept on this machine; nothing is kept of what comes over <a href="/docs">the API</a>.</p>`,
    ),
  submit: (call) => {
    const { definition = '', name = '' } = (call.body ?? {}) as Partial<Record<string, string>>
    if (definition.trim() === '') {
      const message = 'Paste the definition of a flow.'
      throw invalid([{ field: 'definition', rule: 'required', message }])
    }
    const answered = reviewRequest(readRequest({ properties: { displayName: name.trim(), definition } }))
    const { identity, score } = answered.review
    const document = documentOf(answered, 'review', dayOf(call))
    return `/reviews/${keepReview(call, { name: identity.name, score, document })}`
  },
}

function problemNote(problem: Problem | undefined): Html {
  return problem === undefined ? html`` : html`<p role="alert"><strong>${problem.message}</strong></p>`
}

function sampleCall({ origin }: PageCall) {
  const definition = { triggers: {}, actions: {} }
  const properties = { displayName: 'My flow', name: '', owner: '', environment: '', definition }
  const keyHeader = 'X-API-Key: $AUTOREVIEW_KEY'
  return { method: 'post', url: `${origin}/v2/autoreview/json`, keyHeader, body: { properties } }
}

function reviewTable(call: PageCall): Html {
  const reviews = keptReviews(call)
  if (reviews.length === 0) return html`<p class="quiet">No reviews yet.</p>`
  const rows = reviews.map(
    ({ created_at, id, name, score }) =>
      html`<tr><td><a href="/reviews/${id}">${name === '' ? '(no name)' : name}</a></td><td>${score}</td><td>${isoTime(created_at).slice(0, 16).replace('T', ' ')}</td></tr>`,
  )
  return html`<table><tr><th>Flow</th><th>Score</th><th>Reviewed (UTC)</th></tr>${rows}</table>`
}

const reviewPage: Page = {
  path: '/reviews/{id}',
  render: (call) => {
    const document = keptDocument(call, String(call.params.id))
    if (document === undefined) {
      const body = html`<h1>No such review</h1>
<p>The last ${maxKeptReviews} are kept. <a href="/">All reviews</a></p>`
      return { status: 404, body: page('No such review', body) }
    }
    return { status: 200, body: document, headers: { 'content-security-policy': policyFor(document) } }
  },
}

/**
 * A document names its own style and script by hash. Beyond that it is kept out of the origin of the service: were
 * anything in it to run after all, it would have no cookie and could call nobody.
 */
function policyFor(document: string): string {
  const own = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(document)?.[1]
  return `${own ?? "default-src 'none'"}; sandbox allow-scripts; frame-ancestors 'none'`
}

/** Pages of AutoReview. */
export const pages: readonly Page[] = [startPage, reviewPage]
