/** The part of OpenAPI 3.1 that the services write and the kit reads. */

export type Schema = { readonly [keyword: string]: unknown }

export interface Parameter {
  readonly name: string
  readonly in: 'query' | 'path' | 'header'
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
}

export interface ResponseObject {
  readonly description: string
  readonly content?: { readonly [mediaType: string]: { readonly schema: Schema } }
  readonly headers?: { readonly [name: string]: { readonly schema: Schema; readonly description?: string } }
}

export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: {
    readonly required?: boolean
    readonly content: { readonly 'application/json': { readonly schema: Schema } }
  }
  readonly responses: { readonly [status: string]: ResponseObject }
  /** `[]`: nobody is asked for a key; `[{ user: [] }]`: a user's token; default: a key. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
  /** `read`: changes nothing although it is not a GET, so nothing is remembered under its idempotency key. */
  readonly 'x-effect'?: 'read'
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

export interface OpenApi {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly servers?: readonly { readonly url: string }[]
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
  readonly paths: { readonly [path: string]: { readonly [method in Method]?: Operation } }
  /** What the service sends: by the name of the event. */
  readonly webhooks?: { readonly [event: string]: { readonly post: Omit<Operation, 'operationId'> } }
  readonly components?: {
    readonly schemas?: { readonly [name: string]: Schema }
    readonly securitySchemes?: { readonly [name: string]: Schema }
  }
}

const methods: readonly Method[] = ['get', 'post', 'put', 'patch', 'delete']

/** Every operation of a document with its place. */
export function operationsOf(document: OpenApi): { method: Method; path: string; operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      return operation === undefined ? [] : [{ method, path, operation }]
    }),
  )
}

/** `/shifts/{id}` as the router writes it: `/shifts/:id`. */
export function routePath(path: string): string {
  return path.replaceAll(/\{([^}]+)\}/g, ':$1')
}
