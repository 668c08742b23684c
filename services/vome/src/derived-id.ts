import { createHash } from 'node:crypto'

/** The same UUID for the same parts, always. */
export function derivedId(...parts: readonly (string | number)[]): string {
  const hex = createHash('sha256')
    .update(`vome/${parts.join('/')}`)
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
