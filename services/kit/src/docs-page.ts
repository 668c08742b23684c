/** The readable page of a service's OpenAPI document. */
import { type Html, html, page } from './html.ts'
import { type Method, type OpenApi, type Operation, operationsOf } from './openapi.ts'

/** The whole document as one page without scripts. @param pages where pages for people begin, if there are any */
export function docsPage(document: OpenApi, pages: string | undefined): string {
  const operations = operationsOf(document)
  return page(
    document.info.title,
    html`<h1>${document.info.title}</h1>
<p>${document.info.description}</p>
<p class="quiet">Version ${document.info.version}. The same as a document: <a href="/openapi.json">openapi.json</a></p>
${pages === undefined ? '' : html`<p>For people: <a href="${pages}">pages</a></p>`}
${operations.map(({ method, path, operation }) => describeOperation(method, path, operation))}`,
  )
}

function describeOperation(method: Method, path: string, operation: Operation): Html {
  const parameters = operation.parameters ?? []
  const body = operation.requestBody?.content['application/json'].schema
  const answers = Object.entries(operation.responses)
  return html`<h2 id="${operation.operationId}"><span class="method">${method.toUpperCase()}</span> <code>${path}</code></h2>
<p>${operation.summary}${operation.description === undefined ? '' : ` ${operation.description}`}</p>
${
  parameters.length === 0
    ? ''
    : html`<table><tr><th>Parameter</th><th>Rule</th><th>Meaning</th></tr>${parameters.map(
        ({ name, required, schema, description }) =>
          html`<tr><td><code>${name}</code></td><td>${required === true ? 'required ' : ''}<code>${JSON.stringify(schema)}</code></td><td>${description ?? ''}</td></tr>`,
      )}</table>`
}
${body === undefined ? '' : html`<p>Body:</p><pre>${JSON.stringify(body, null, 2)}</pre>`}
<p>Answers: ${answers.map(([status, { description }]) => html`<code>${status}</code> ${description} `)}</p>`
}
