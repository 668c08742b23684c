// Reads the directory of a zip and refuses whatever a packer of flows would not write.
// 1. Sizes in the directory are claims: they refuse early, they never allocate.
// 2. Every member has one name, in one place, and shares no byte with another.
import { FlowsteadError, quoted } from '@flowstead/errors'
import type { ArchiveLimits } from './limits.ts'
import { foldedName, safeMemberName } from './member-name.ts'

/** A file of an archive, not unpacked yet. */
export interface ZipEntry {
  readonly name: string
  readonly method: 'stored' | 'deflated'
  readonly declaredSize: number
  readonly crc: number
  readonly packed: Uint8Array
}

interface RawEntry {
  readonly rawName: Uint8Array
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packedSize: number
  readonly declaredSize: number
  readonly attributes: number
  readonly localAt: number
}

const endSignature = 0x06054b50
const centralSignature = 0x02014b50
const localSignature = 0x04034b50
const endLength = 22
const centralLength = 46
const localLength = 30
const encryptedFlag = 1
const utf8Flag = 0x800

/** Whether bytes begin like a zip, an empty one included. */
export function looksLikeZip(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x50 &&
    bytes[1] === 0x4b &&
    ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6))
  )
}

/**
 * The files of a zip in directory order; folders are left out.
 * @throws `Archive.…` codes; see the table of codes.
 */
export function readZipDirectory(bytes: Uint8Array, limits: ArchiveLimits): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  const start = view.getUint32(end + 16, true)
  refuseForeignLayout(view, end, start)
  if (count > limits.maxEntries) {
    throw new FlowsteadError(
      'Archive.TooManyEntries',
      `The archive has ${count} members; ${limits.maxEntries} is the limit.`,
    )
  }
  const raw: RawEntry[] = []
  let at = start
  for (let index = 0; index < count; index++) {
    const { entry, next } = readCentral(bytes, view, at, end)
    raw.push(entry)
    at = next
  }
  if (at !== end) throw damaged('its directory has a wrong length')
  refuseLargeClaims(raw, limits)
  return entriesOf(bytes, view, raw, start)
}

function entriesOf(
  bytes: Uint8Array,
  view: DataView,
  raw: readonly RawEntry[],
  directoryAt: number,
): ZipEntry[] {
  const names = new Set<string>()
  const regions: { from: number; to: number }[] = []
  const entries: ZipEntry[] = []
  for (const entry of raw) {
    const name = safeMemberName(nameOf(entry.rawName, entry.flags))
    const folded = foldedName(name)
    if (names.has(folded)) {
      throw new FlowsteadError('Archive.DuplicateName', `The archive has two members named ${quoted(name)}.`)
    }
    names.add(folded)
    refuseSpecial(entry, name)
    const from = dataOffset(bytes, view, entry, name)
    const to = from + entry.packedSize
    if (to > directoryAt) throw damaged(`${quoted(name)} reaches past the end`)
    regions.push({ from: entry.localAt, to })
    if (!name.endsWith('/')) entries.push(entryOf(entry, name, bytes.subarray(from, to)))
  }
  refuseOverlap(regions)
  return entries
}

function entryOf(entry: RawEntry, name: string, packed: Uint8Array): ZipEntry {
  const { declaredSize, crc } = entry
  return { name, method: entry.method === 0 ? 'stored' : 'deflated', declaredSize, crc, packed }
}

/** The end record must close the file exactly: text behind it would let two readers see two archives. */
function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - endLength - 0xffff)
  for (let at = view.byteLength - endLength; at >= first; at--) {
    if (view.getUint32(at, true) !== endSignature) continue
    if (at + endLength + view.getUint16(at + 20, true) === view.byteLength) return at
  }
  throw new FlowsteadError(
    'Archive.NotAnArchive',
    'The file begins like a zip, but its directory is missing or damaged.',
  )
}

function refuseForeignLayout(view: DataView, end: number, start: number): void {
  const size = view.getUint32(end + 12, true)
  const disks = view.getUint16(end + 4, true) + view.getUint16(end + 6, true)
  if (start === 0xffffffff || size === 0xffffffff || view.getUint16(end + 10, true) === 0xffff) {
    throw new FlowsteadError('Archive.NotSupported', 'Archives in the Zip64 form are not read.')
  }
  if (disks !== 0 || view.getUint16(end + 8, true) !== view.getUint16(end + 10, true)) {
    throw new FlowsteadError('Archive.NotSupported', 'Archives of several parts are not read.')
  }
  if (start + size !== end) throw damaged('its directory is not where it should be')
}

function readCentral(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  end: number,
): { entry: RawEntry; next: number } {
  if (at + centralLength > end || view.getUint32(at, true) !== centralSignature)
    throw damaged('its directory is cut')
  const nameEnd = at + centralLength + view.getUint16(at + 28, true)
  const next = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  if (next > end) throw damaged('its directory is cut')
  const entry = {
    rawName: bytes.subarray(at + centralLength, nameEnd),
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packedSize: view.getUint32(at + 20, true),
    declaredSize: view.getUint32(at + 24, true),
    attributes: view.getUint32(at + 38, true),
    localAt: view.getUint32(at + 42, true),
  }
  return { entry, next }
}

function refuseLargeClaims(raw: readonly RawEntry[], limits: ArchiveLimits): void {
  if (raw.some(({ packedSize, localAt }) => packedSize === 0xffffffff || localAt === 0xffffffff)) {
    throw new FlowsteadError('Archive.NotSupported', 'Archives in the Zip64 form are not read.')
  }
  const total = raw.reduce((sum, { declaredSize }) => sum + declaredSize, 0)
  if (total > limits.maxTotalBytes) {
    throw new FlowsteadError(
      'Archive.TooLarge',
      `The archive unpacks to ${total} bytes; ${limits.maxTotalBytes} is the limit.`,
    )
  }
}

function refuseSpecial({ flags, method, attributes }: RawEntry, name: string): void {
  if ((flags & encryptedFlag) !== 0) {
    throw new FlowsteadError('Archive.Encrypted', `The member ${quoted(name)} is encrypted.`, {
      hint: 'Export the package again without a password.',
    })
  }
  if (method !== 0 && method !== 8) {
    throw new FlowsteadError(
      'Archive.NotSupported',
      `The member ${quoted(name)} is packed with method ${method}.`,
    )
  }
  // The upper half holds the Unix mode when a Unix packer wrote it: only plain files and folders are taken.
  const fileType = (attributes >>> 28) & 0xf
  if (![0, 4, 8].includes(fileType)) {
    throw new FlowsteadError('Archive.UnsafeEntry', `The member ${quoted(name)} is a link or a device.`)
  }
}

function dataOffset(bytes: Uint8Array, view: DataView, entry: RawEntry, name: string): number {
  const { localAt, rawName } = entry
  if (localAt + localLength > bytes.length || view.getUint32(localAt, true) !== localSignature) {
    throw damaged(`${quoted(name)} is not where the directory says`)
  }
  const nameLength = view.getUint16(localAt + 26, true)
  const localName = bytes.subarray(localAt + localLength, localAt + localLength + nameLength)
  if (localName.length !== rawName.length || localName.some((byte, index) => byte !== rawName[index])) {
    throw new FlowsteadError(
      'Archive.NameMismatch',
      `The member ${quoted(name)} has another name in front of its data.`,
    )
  }
  return localAt + localLength + nameLength + view.getUint16(localAt + 28, true)
}

function refuseOverlap(regions: { from: number; to: number }[]): void {
  regions.sort((one, other) => one.from - other.from)
  let reached = 0
  for (const { from, to } of regions) {
    if (from < reached)
      throw new FlowsteadError('Archive.Overlap', 'Members of the archive share the same bytes.')
    reached = to
  }
}

/** Names are UTF-8 when flagged; older packers write UTF-8 or Latin letters without saying which. */
function nameOf(raw: Uint8Array, flags: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw)
  } catch (cause) {
    if ((flags & utf8Flag) !== 0) {
      throw new FlowsteadError('Archive.UnsafeName', 'A member name is not valid UTF-8.', { cause })
    }
    return new TextDecoder('latin1').decode(raw)
  }
}

function damaged(reason: string): FlowsteadError {
  return new FlowsteadError('Archive.NotAnArchive', `The archive is damaged: ${reason}.`)
}
