import { type Call, type Handler, invalid, isoTime, ok } from '@flowstead/service-kit'
import { dataOf, fileOf, fileTypeOf, imageOf } from './answers.ts'
import { readRequest, reviewRequest } from './request.ts'

/** The version that Info tells. */
export const serviceVersion = '2.0.0'

/** Day of a review, `YYYY-MM-DD`. */
export function dayOf({ now }: Pick<Call, 'now'>): string {
  return isoTime(now()).slice(0, 10)
}

/** Where the caller reached the service, for the links it gives. */
export function originOf({ headers }: Call): string {
  const host = headers?.host
  return `http://${typeof host === 'string' ? host : '127.0.0.1'}`
}

const json: Handler = ({ body }) => ok({ data: dataOf(reviewRequest(readRequest(body))) })

const file: Handler = (call) => {
  const request = readRequest(call.body)
  const type = fileTypeOf(request.type)
  return ok({ data: fileOf(reviewRequest(request), type, dayOf(call)) })
}

const diagram: Handler = ({ body }) => ok({ data: imageOf(reviewRequest(readRequest(body))) })

const info: Handler = (call) => {
  const origin = originOf(call)
  return ok({
    version: serviceVersion,
    apiKey: `${origin}/docs`,
    message: 'Reviews flows on this machine; nothing leaves it.',
    information: `${origin}/docs`,
    diagram: `${origin}/docs#POSTDiagram`,
  })
}

/** By the last part of their paths; what the HTTP operation may ask for. */
export const byPath: Readonly<Record<string, Handler>> = { json, file, diagram, '': info }

/** The five operations of version 2. */
export const operations: Readonly<Record<string, Handler>> = {
  GETInfo: info,
  POSTJson: json,
  POSTFile: file,
  POSTDiagram: diagram,
  POSTHttp: (call) => {
    const path = String(call.query.path ?? '')
      .replaceAll(/^\/+|\/+$/g, '')
      .toLowerCase()
    const known = Object.hasOwn(byPath, path) ? byPath[path] : undefined
    if (known === undefined) throw unknownPath(path)
    return known(call)
  },
}

function unknownPath(path: string) {
  const message = `"path" is one of json, file, diagram, not "${path.slice(0, 60)}".`
  return invalid([{ field: 'path', rule: 'enum', message }])
}
