// Shapes of the custom connectors that came before the certified one. Flows built on them still send these bodies.
// 1.0.0.1: every success is wrapped in `wrapped`. 2.0.0.0: one operation for objects ("Get flow"), one for texts
// (client data of Dataverse), and the query `api` says what is wanted; the key travels in the query.
import { type Call, type Handler, invalid, ok } from '@flowstead/service-kit'
import { dataOf, fileOf, imageOf } from '../answers.ts'
import { dayOf, originOf, serviceVersion } from '../operations.ts'
import { type FlowProperties, readRequest, reviewRequest } from '../request.ts'

/** What the query `api` may be; the last is the default. */
export const apis = ['json', 'diagram', 'review'] as const

function byApi(call: Call, form: 'object' | 'text'): object {
  const properties = call.body as FlowProperties
  const { definition } = properties
  const fits = form === 'text' ? typeof definition === 'string' : typeof definition === 'object'
  if (!fits) {
    const message = form === 'text' ? '"definition" is client data as text.' : '"definition" is an object.'
    throw invalid([{ field: 'definition', rule: 'type', message }])
  }
  const reviewed = reviewRequest(readRequest({ properties }))
  if (call.query.api === 'json') return dataOf(reviewed)
  if (call.query.api === 'diagram') return imageOf(reviewed)
  return fileOf(reviewed, 'review', dayOf(call))
}

/** Operations of the custom connectors 1.0.0.1 and 2.0.0.0. */
export const olderOperations: Readonly<Record<string, Handler>> = {
  'AutoReview-JSON': ({ body }) => {
    const properties = body as FlowProperties
    return ok({ wrapped: dataOf(reviewRequest(readRequest({ properties }))) })
  },
  'AutoReview-Version': ({ query }) =>
    ok({
      wrapped: {
        version: serviceVersion,
        ...(query.request === undefined ? {} : { request: query.request }),
      },
    }),
  'AutoReview-Info': (call) => {
    const docs = `${originOf(call)}/docs`
    return ok({ version: serviceVersion, apiKey: docs, Information: docs, Diagram: `${docs}#POSTDiagram` })
  },
  'AutoReview-personal': (call) => ok(byApi(call, 'object')),
  'AutoReview-dataverse': (call) => ok(byApi(call, 'text')),
}
