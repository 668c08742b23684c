const longestKey = 200

/**
 * Remembers what a pure function made for a text of at most 200 characters. When `capacity` is reached it starts
 * over, so that texts made by a flow cannot fill memory; what is remembered never changes a result.
 */
export function memoize<T>(capacity: number, make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const remembered = known.get(text)
    if (remembered !== undefined) return remembered
    const made = make(text)
    if (text.length > longestKey) return made
    if (known.size >= capacity) known.clear()
    known.set(text, made)
    return made
  }
}
