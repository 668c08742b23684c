// Unpacks members within a budget that is checked while bytes come out, whatever the directory claims.
import { crc32 } from 'node:zlib'
import { FlowsteadError, quoted } from '@flowstead/errors'
import { Inflate } from 'fflate'
import type { ArchiveLimits } from './limits.ts'
import type { ZipEntry } from './zip-directory.ts'

/** Unpacks members of one archive, which share its budget. */
export type Unpack = (entry: ZipEntry) => Uint8Array

// Deflate grows at most about 1,000-fold, so one slice cannot put more than some 8 MB over the limit.
const sliceBytes = 8192

/** A budget for one archive; archives inside it take from the same. */
export function unpackWithin(limits: ArchiveLimits): Unpack {
  let left = limits.maxTotalBytes
  return (entry) => {
    const most = Math.min(left, Math.max(limits.ratioFloorBytes, entry.packed.length * limits.maxRatio))
    const content = entry.method === 'stored' ? entry.packed : inflate(entry, most)
    if (content.length > most) throw tooLarge(entry, most)
    refuseWrongContent(entry, content)
    left -= content.length
    return content
  }
}

function inflate(entry: ZipEntry, most: number): Uint8Array {
  const chunks: Uint8Array[] = []
  let size = 0
  const stream = new Inflate((chunk) => {
    size += chunk.length
    if (size <= most) chunks.push(chunk)
  })
  for (let at = 0; at < entry.packed.length || at === 0; at += sliceBytes) {
    pushSlice(stream, entry, at)
    if (size > most) throw tooLarge(entry, most)
  }
  return joined(chunks, size)
}

function pushSlice(stream: Inflate, { packed, name }: ZipEntry, at: number): void {
  try {
    stream.push(packed.subarray(at, at + sliceBytes), at + sliceBytes >= packed.length)
  } catch (cause) {
    throw new FlowsteadError('Archive.Damaged', `The member ${quoted(name)} cannot be unpacked.`, { cause })
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const content = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    content.set(chunk, at)
    at += chunk.length
  }
  return content
}

function refuseWrongContent({ name, declaredSize, crc }: ZipEntry, content: Uint8Array): void {
  if (content.length !== declaredSize) {
    const message = `The member ${quoted(name)} has ${content.length} bytes, not ${declaredSize}.`
    throw new FlowsteadError('Archive.SizeMismatch', message)
  }
  if (crc32(content) !== crc) {
    throw new FlowsteadError('Archive.Damaged', `The member ${quoted(name)} has a wrong checksum.`)
  }
}

function tooLarge({ name }: ZipEntry, most: number): FlowsteadError {
  return new FlowsteadError(
    'Archive.TooLarge',
    `The member ${quoted(name)} unpacks to more than ${most} bytes.`,
  )
}
