import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib'

/** Thrown when an answer is longer than the limit, packed or unpacked. */
export class BodyTooLarge extends Error {}

const decoders: ReadonlyMap<string, (packed: Uint8Array, options: ZlibOptions) => Promise<Buffer>> = new Map([
  ['gzip', promisify(gunzip) as (packed: Uint8Array, options: ZlibOptions) => Promise<Buffer>],
  ['x-gzip', promisify(gunzip) as (packed: Uint8Array, options: ZlibOptions) => Promise<Buffer>],
  ['deflate', promisify(inflate) as (packed: Uint8Array, options: ZlibOptions) => Promise<Buffer>],
  ['br', promisify(brotliDecompress) as (packed: Uint8Array, options: ZlibOptions) => Promise<Buffer>],
])

/**
 * Reads a stream to its end.
 * @throws BodyTooLarge as soon as more than `maxBytes` have come; the stream is closed then
 */
export async function readBody(stream: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBytes) throw new BodyTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}

/**
 * Undoes `Content-Encoding`; an encoding we do not know leaves the bytes as they came.
 * @throws BodyTooLarge when the unpacked bytes pass `maxBytes`
 */
export async function unpack(bytes: Buffer, encoding: string | undefined, maxBytes: number): Promise<Buffer> {
  const decode = decoders.get(encoding?.trim().toLowerCase() ?? '')
  if (decode === undefined || bytes.length === 0) return bytes
  try {
    return await decode(bytes, { maxOutputLength: maxBytes })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new BodyTooLarge()
    throw cause
  }
}
