/**
 * A copy of `value` with the member at `path` replaced; `undefined` when there is none. Every name is data:
 * `__proto__` is a member like others.
 */
export function withValueAt(
  value: unknown,
  path: readonly string[],
  replacement: unknown,
): { readonly value: unknown } | undefined {
  const [name, ...rest] = path
  if (name === undefined) return { value: replacement }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  const inner = withValueAt((value as Record<string, unknown>)[name], rest, replacement)
  if (inner === undefined) return undefined
  if (Array.isArray(value)) return { value: value.with(Number(name), inner.value) }
  const entries = Object.entries(value).map(([key, old]) => [key, key === name ? inner.value : old])
  return { value: Object.fromEntries(entries) }
}
