/** Appends keys to a JSON pointer (RFC 6901). */
export function pointerTo(base: string, ...keys: readonly (string | number)[]): string {
  let pointer = base
  for (const key of keys) pointer += `/${typeof key === 'number' ? key : escapeKey(key)}`
  return pointer
}

/** The keys of a JSON pointer; none for the whole document. */
export function pointerKeys(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function escapeKey(key: string): string {
  return key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key
}
