import { crc32 } from 'node:zlib'
import { deflateSync } from 'fflate'

/** A member to write, with whatever a hostile packer would write instead of the truth. */
export interface TestMember {
  readonly name: string
  readonly content: Uint8Array | string
  /** Name in front of the data, when it differs. */
  readonly localName?: string
  readonly declaredSize?: number
  readonly crc?: number
  readonly flags?: number
  readonly method?: number
  /** Unix mode, such as 0o120777 for a link. */
  readonly mode?: number
  /** Offset of the data, when it is not its own. */
  readonly localAt?: number
}

/** Writes a zip as told, true or not. */
export function testZip(members: readonly TestMember[]): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  for (const member of members) {
    const content = bytesOf(member.content)
    const packed = member.method === 0 ? content : deflateSync(content)
    const sizes = {
      crc: member.crc ?? crc32(content),
      packed: packed.length,
      size: member.declaredSize ?? content.length,
    }
    const local = header(member, sizes, member.localName ?? member.name)
    directory.push(central(member, sizes, member.localAt ?? at))
    parts.push(local, packed)
    at += local.length + packed.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  return joined([...parts, ...directory, end(members.length, size, at)])
}

interface Sizes {
  readonly crc: number
  readonly packed: number
  readonly size: number
}

function header(member: TestMember, sizes: Sizes, writtenName: string): Uint8Array {
  const name = bytesOf(writtenName)
  const record = new Uint8Array(30 + name.length)
  const view = new DataView(record.buffer)
  view.setUint32(0, 0x04034b50, true)
  writeCommon(view, 4, member, sizes, name.length)
  record.set(name, 30)
  return record
}

function central(member: TestMember, sizes: Sizes, localAt: number): Uint8Array {
  const name = bytesOf(member.name)
  const record = new Uint8Array(46 + name.length)
  const view = new DataView(record.buffer)
  view.setUint32(0, 0x02014b50, true)
  view.setUint16(4, 0x0314, true)
  writeCommon(view, 6, member, sizes, name.length)
  view.setUint32(38, ((member.mode ?? 0) << 16) >>> 0, true)
  view.setUint32(42, localAt, true)
  record.set(name, 46)
  return record
}

function writeCommon(view: DataView, at: number, member: TestMember, sizes: Sizes, nameLength: number): void {
  view.setUint16(at, 20, true)
  view.setUint16(at + 2, member.flags ?? 0x800, true)
  view.setUint16(at + 4, member.method ?? 8, true)
  view.setUint32(at + 10, sizes.crc, true)
  view.setUint32(at + 14, sizes.packed, true)
  view.setUint32(at + 18, sizes.size, true)
  view.setUint16(at + 22, nameLength, true)
}

function end(count: number, size: number, at: number): Uint8Array {
  const record = new Uint8Array(22)
  const view = new DataView(record.buffer)
  view.setUint32(0, 0x06054b50, true)
  view.setUint16(8, count, true)
  view.setUint16(10, count, true)
  view.setUint32(12, size, true)
  view.setUint32(16, at, true)
  return record
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
