import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import {
  createOutbound,
  headerOf,
  type Outbound,
  type OutboundOptions,
  type OutboundResult,
} from './index.ts'

interface Opened {
  origin: string
  close(): Promise<void>
}

const opened: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close()
})

async function serve(listener: RequestListener): Promise<Opened> {
  const server: Server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const one = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  opened.push(one)
  return one
}

function client(options: OutboundOptions = {}): Outbound {
  const outbound = createOutbound(options)
  opened.push(outbound)
  return outbound
}

const textOf = (result: OutboundResult) =>
  result.answered ? Buffer.from(result.body).toString() : result.code
const portOf = (origin: string) => new URL(origin).port

describe('what may be reached', () => {
  const hosts = [
    '169.254.169.254',
    '127.0.0.1',
    '127.1',
    '0',
    '0x7f000001',
    '2130706433',
    '017700000001',
    'localhost',
    'localhost.',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[fe80::1%lo]',
    '[fd00:ec2::254]',
  ]
  test.each(hosts)('%s is refused', async (host) => {
    const { origin } = await serve((_, response) => response.end('inside'))
    expect(await client().send({ url: `http://${host}:${portOf(origin)}/` })).toMatchObject({
      answered: false,
      code: 'Outbound.Refused',
    })
  })

  test('a public name that leads to a private address is refused', async () => {
    const { origin } = await serve((_, response) => response.end('inside'))
    const outbound = client({ resolve: async () => [{ address: '127.0.0.1', family: 4 }] })
    expect(textOf(await outbound.send({ url: `http://api.example.com:${portOf(origin)}/` }))).toBe(
      'Outbound.Refused',
    )
  })

  test('a name with one public and one private address is refused', async () => {
    const outbound = client({
      resolve: async () => [
        { address: '1.1.1.1', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ],
    })
    expect(textOf(await outbound.send({ url: 'http://api.example.com/' }))).toBe('Outbound.Refused')
  })

  test('the checked address is the connected one: a name is resolved once per connection', async () => {
    const { origin } = await serve((_, response) => response.end('inside'))
    const asked: string[] = []
    const outbound = client({
      allowedNetworks: ['127.0.0.1/32'],
      resolve: async (name) => {
        asked.push(name)
        return [{ address: asked.length === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }]
      },
    })
    expect(textOf(await outbound.send({ url: `http://api.example.com:${portOf(origin)}/` }))).toBe('inside')
    expect(asked).toEqual(['api.example.com'])
  })

  test('an allowed origin is reached, its neighbour on the same address is not', async () => {
    const [service, neighbour] = [
      await serve((_, r) => r.end('service')),
      await serve((_, r) => r.end('own api')),
    ]
    const outbound = client({ allowedOrigins: [service.origin] })
    expect(textOf(await outbound.send({ url: `${service.origin}/` }))).toBe('service')
    expect(textOf(await outbound.send({ url: `${neighbour.origin}/` }))).toBe('Outbound.Refused')
  })

  test('an origin allowed for one request is closed to the next', async () => {
    const { origin } = await serve((_, response) => response.end('service'))
    const outbound = client()
    expect(textOf(await outbound.send({ url: `${origin}/`, allowedOrigins: [origin] }))).toBe('service')
    expect(textOf(await outbound.send({ url: `${origin}/` }))).toBe('Outbound.Refused')
  })

  test('a network of the operator is reached', async () => {
    const { origin } = await serve((_, response) => response.end('intranet'))
    expect(textOf(await client({ allowedNetworks: ['127.0.0.0/8'] }).send({ url: origin }))).toBe('intranet')
  })
})

describe('redirects', () => {
  test('one to an address that is not allowed is refused at the hop', async () => {
    const inner = await serve((_, response) => response.end('inside'))
    const outer = await serve((_, response) => response.writeHead(302, { location: inner.origin }).end())
    const result = await client().send({ url: outer.origin, allowedOrigins: [outer.origin] })
    expect(textOf(result)).toBe('Outbound.Refused')
  })

  test.each(['file:///etc/passwd', 'gopher://example.com/', 'http://127.1/'])(
    'one to %s is refused',
    async (to) => {
      const { origin } = await serve((_, response) => response.writeHead(302, { location: to }).end())
      expect(textOf(await client({ allowedOrigins: [origin] }).send({ url: origin }))).toBe(
        'Outbound.Refused',
      )
    },
  )

  test.each([
    [5, 'there'],
    [6, 'Outbound.Refused'],
  ])('after %i hops: %s', async (hops, expected) => {
    const { origin } = await serve((request, response) => {
      const at = Number(request.url?.slice(1))
      if (at === hops) response.end('there')
      else response.writeHead(302, { location: `/${at + 1}` }).end()
    })
    expect(textOf(await client({ allowedOrigins: [origin] }).send({ url: `${origin}/0` }))).toBe(expected)
  })

  test('credentials stay on the same origin', async () => {
    const { origin } = await serve((request, response) => {
      if (request.url === '/') response.writeHead(307, { location: '/next' }).end()
      else response.end(`${request.headers.authorization} ${request.headers['x-api-key']}`)
    })
    const result = await client({ allowedOrigins: [origin] }).send({
      url: origin,
      headers: { Authorization: 'Basic x', 'X-API-Key': 'k' },
    })
    expect(textOf(result)).toBe('Basic x k')
  })

  test('credentials are dropped for another origin', async () => {
    const other = await serve((request, response) => response.end(JSON.stringify(request.headers)))
    const first = await serve((_, response) =>
      response.writeHead(302, { location: `${other.origin}/x` }).end(),
    )
    const result = await client({ allowedOrigins: [first.origin, other.origin] }).send({
      url: first.origin,
      headers: { Authorization: 'Basic x', Cookie: 'a=b', 'X-API-Key': 'k', Accept: 'text/plain' },
      credentialHeaders: ['x-api-key'],
    })
    const seen = JSON.parse(textOf(result))
    expect(seen).toMatchObject({ accept: 'text/plain' })
    expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(['authorization']))
    expect([seen.authorization, seen.cookie, seen['x-api-key']]).toEqual([undefined, undefined, undefined])
  })

  test('that of a POST is the answer', async () => {
    const { origin } = await serve((_, response) => response.writeHead(303, { location: '/x' }).end())
    const result = await client({ allowedOrigins: [origin] }).send({ url: origin, method: 'POST', body: 'a' })
    expect(result).toMatchObject({ answered: true, status: 303 })
  })
})

describe('limits', () => {
  test('an endless answer is cut off', async () => {
    const { origin } = await serve((_, response) => {
      response.on('error', () => undefined)
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    const result = await client({ allowedOrigins: [origin], maxBytes: 1_000_000 }).send({ url: origin })
    expect(textOf(result)).toBe('Outbound.TooLarge')
  })

  test('a small answer that unpacks to a large one is cut off', async () => {
    const { origin } = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(2_000_000))),
    )
    const result = await client({ allowedOrigins: [origin], maxBytes: 1_000_000 }).send({ url: origin })
    expect(textOf(result)).toBe('Outbound.TooLarge')
  })

  test('no answer in time is a timeout', async () => {
    const { origin } = await serve(() => undefined)
    const result = await client({ allowedOrigins: [origin], timeoutMs: 30 }).send({ url: origin })
    expect(textOf(result)).toBe('Outbound.Timeout')
  })

  test('a body that stops is a timeout', async () => {
    const { origin } = await serve((_, response) => void response.write('half'))
    expect(textOf(await client({ allowedOrigins: [origin] }).send({ url: origin, timeoutMs: 30 }))).toBe(
      'Outbound.Timeout',
    )
  })

  test('a request given up ends at once', async () => {
    const { origin } = await serve(() => undefined)
    const given = new AbortController()
    const result = client({ allowedOrigins: [origin] }).send({ url: origin, signal: given.signal })
    given.abort()
    expect(textOf(await result)).toBe('Outbound.Aborted')
  })

  test('nobody listening is unreachable', async () => {
    const { origin, close } = await serve(() => undefined)
    await close()
    opened.splice(0)
    expect(textOf(await client({ allowedOrigins: [origin] }).send({ url: origin }))).toBe(
      'Outbound.Unreachable',
    )
  })

  test('an early close is unreachable', async () => {
    const { origin } = await serve((request) => request.socket.destroy())
    expect(textOf(await client({ allowedOrigins: [origin] }).send({ url: origin }))).toBe(
      'Outbound.Unreachable',
    )
  })
})

describe('requests and answers', () => {
  test('method, headers and body arrive; those of the connection are ours', async () => {
    const { origin } = await serve((request, response) => {
      request.setEncoding('utf8')
      let body = ''
      request.on('data', (part) => {
        body += part
      })
      request.on('end', () =>
        response.end(JSON.stringify({ method: request.method, headers: request.headers, body })),
      )
    })
    const result = await client({ allowedOrigins: [origin] }).send({
      url: `${origin}/a?b=%20`,
      method: 'patch',
      headers: {
        'Content-Type': 'text/plain',
        Host: 'evil',
        'Content-Length': '3',
        'Transfer-Encoding': 'x',
      },
      body: 'žluť',
    })
    expect(JSON.parse(textOf(result))).toMatchObject({
      method: 'PATCH',
      body: 'žluť',
      headers: { 'content-type': 'text/plain', host: new URL(origin).host, 'content-length': '6' },
    })
  })

  test.each([[{ 'X-A': 'b\r\nX-C: d' }], [{ 'X A': 'b' }], [{ 'X-A': 'ž' }]])(
    'the headers %j are refused',
    async (headers) => {
      const { origin } = await serve((_, response) => response.end('sent'))
      expect(textOf(await client({ allowedOrigins: [origin] }).send({ url: origin, headers }))).toBe(
        'Outbound.Refused',
      )
    },
  )

  test('header names keep their spelling and are found without case', async () => {
    const { origin } = await serve((_, response) => response.writeHead(200, { 'X-Rate-LEFT': '7' }).end())
    const result = await client({ allowedOrigins: [origin] }).send({ url: origin })
    if (!result.answered) throw new Error(result.message)
    expect(result.headers).toContainEqual(['X-Rate-LEFT', '7'])
    expect(headerOf(result.headers, 'x-rate-left')).toBe('7')
  })

  test('a packed answer is unpacked', async () => {
    const { origin } = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('plain')),
    )
    expect(textOf(await client({ allowedOrigins: [origin] }).send({ url: origin }))).toBe('plain')
  })
})

describe('a host for another protocol', () => {
  test.each([
    ['127.0.0.1', 'Outbound.Refused'],
    ['mail.example.com', '1.1.1.1'],
    ['inner.example.com', 'Outbound.Refused'],
    ['gone.example.com', 'Outbound.Unreachable'],
  ])('%s gives %s', async (host, expected) => {
    const addresses: Record<string, string> = {
      'mail.example.com': '1.1.1.1',
      'inner.example.com': '10.0.0.1',
    }
    const outbound = client({
      resolve: async (name) => {
        const address = addresses[name]
        if (address === undefined) throw new Error('ENOTFOUND')
        return [{ address, family: 4 }]
      },
    })
    const located = await outbound.locate(host)
    expect(located.answered ? located.address : located.code).toBe(expected)
  })
})
