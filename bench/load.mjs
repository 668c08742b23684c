// A lean HTTP/1.1 load generator on raw sockets: one request at a time on each kept-alive connection, prebuilt
// bytes out, no parsing beyond the length of the answer, so that the client costs less than what it measures.
import { connect } from 'node:net'

/**
 * @param target `{host, port, path, body, expect}`; an answer without the text `expect` counts as an error
 * @returns requests per second, errors, and latency percentiles in ms
 */
export async function load({ host, port, path, body, expect }, { connections, seconds }) {
  const bytes = Buffer.from(body)
  const head = `POST ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nContent-Type: application/json\r\nContent-Length: ${bytes.length}\r\n\r\n`
  const request = Buffer.concat([Buffer.from(head), bytes])
  const latencies = []
  const totals = { errors: 0, firstError: undefined }
  const started = performance.now()
  const end = started + seconds * 1000
  await Promise.all(
    Array.from({ length: connections }, () =>
      client({ host, port, request, expect, end, latencies, totals }),
    ),
  )
  const elapsed = (performance.now() - started) / 1000
  latencies.sort((a, b) => a - b)
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return {
    perSecond: latencies.length / elapsed,
    answers: latencies.length,
    ...totals,
    p50: at(0.5),
    p99: at(0.99),
  }
}

function client({ host, port, request, expect, end, latencies, totals }) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true })
    let sentAt = 0
    let received = ''
    const send = () => {
      sentAt = performance.now()
      received = ''
      socket.write(request)
    }
    const fail = (reason) => {
      totals.errors += 1
      totals.firstError ??= reason
    }
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      received += chunk.latin1Slice()
      if (!isWhole(received)) return
      const now = performance.now()
      latencies.push(now - sentAt)
      if (!received.startsWith('HTTP/1.1 2') || !received.includes(expect)) fail(received.slice(0, 300))
      if (now < end) send()
      else socket.end(resolve)
    })
    socket.on('close', resolve)
  })
}

function isWhole(text) {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return false
  const length = /content-length: (\d+)/i.exec(text.slice(0, head))
  return length ? text.length >= head + 4 + Number(length[1]) : text.endsWith('0\r\n\r\n')
}
