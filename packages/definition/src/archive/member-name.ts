import { FlowsteadError, quoted } from '@flowstead/errors'

/**
 * A member name as a relative path with forward slashes; archives made on Windows write backslashes.
 * @throws `Archive.UnsafeName` when it is absolute, climbs out of its folder, names a drive, or holds NUL.
 */
export function safeMemberName(name: string): string {
  const path = name.replaceAll('\\', '/')
  const parts = path.split('/')
  if (
    path === '' ||
    path.startsWith('/') ||
    /^[a-z]:/i.test(path) ||
    name.includes('\0') ||
    parts.includes('..')
  ) {
    throw new FlowsteadError('Archive.UnsafeName', `The archive has a member named ${quoted(name)}.`, {
      hint: 'Nothing was read from it. Make the archive again with relative names.',
    })
  }
  return parts.filter((part, index) => part !== '.' && (part !== '' || index === parts.length - 1)).join('/')
}

/** The form in which two names are the same on some file system: one case, one Unicode composition. */
export function foldedName(path: string): string {
  return path.replace(/\/$/, '').normalize('NFKC').toLowerCase()
}
