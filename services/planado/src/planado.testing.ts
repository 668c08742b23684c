import {
  startTestService,
  type TestAnswer,
  type TestRequest,
  type TestService,
} from '@flowstead/service-kit/testing'
import { planadoService } from './service.ts'

type Body = Record<string, unknown>

export interface TestPlanado extends TestService {
  get<T = Body>(path: string): Promise<TestAnswer<T>>
  post<T = Body>(path: string, body?: unknown): Promise<TestAnswer<T>>
  patch<T = Body>(path: string, body: unknown): Promise<TestAnswer<T>>
  del(path: string): Promise<TestAnswer>
  /** Makes a job; the answer must be 201. */
  job(body?: unknown): Promise<string>
  /** The whole job. */
  read(id: string): Promise<Body>
}

/** The service with its sample data, in memory. */
export async function startPlanado(
  options: Parameters<typeof startTestService>[1] = {},
): Promise<TestPlanado> {
  const service = await startTestService(planadoService, options)
  const call = <T>(method: string, path: string, request: TestRequest = {}) =>
    service.call<T>(method, path, {
      ...request,
      headers: { authorization: `Bearer ${service.key}`, ...request.headers },
    })
  const post = <T>(path: string, body?: unknown) => call<T>('POST', path, body === undefined ? {} : { body })
  return {
    ...service,
    call,
    get: (path) => call('GET', path),
    post,
    patch: (path, body) => call('PATCH', path, { body }),
    del: (path) => call('DELETE', path),
    async job(body = {}) {
      const { body: made, status } = await post<{ job_uuid: string }>('/v2/jobs', body)
      if (status !== 201) throw new Error(`${status} ${JSON.stringify(made)}`)
      return made.job_uuid
    },
    async read(id) {
      return (await call<{ job: Body }>('GET', `/v2/jobs/${id}`)).body.job
    },
  }
}
