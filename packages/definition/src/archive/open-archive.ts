import type { NamedFile } from '../read-flows.ts'
import { limitsOf, type ReadOptions } from '../read-options.ts'
import { unpackWithin } from './unpack.ts'
import { readZipDirectory } from './zip-directory.ts'

/**
 * The members of a zip whose names are wanted, each as `archive.zip!member`.
 * @throws codes of the family `Archive.`; nothing is unpacked beyond the limits.
 */
export function openArchive(
  archive: NamedFile,
  isWanted: (member: string) => boolean,
  options: ReadOptions = {},
): NamedFile[] {
  const limits = limitsOf(options).archive
  const unpack = unpackWithin(limits)
  return readZipDirectory(archive.bytes, limits)
    .filter(({ name }) => isWanted(name))
    .map((entry) => ({ name: `${archive.name}!${entry.name}`, bytes: unpack(entry) }))
}
