/** What stands for a text that is not shown. */
const mark = '(hidden)'

/** A text without what shall not be shown, as it is or inside a JSON string. */
export function hideIn(text: string, hidden: readonly string[]): string {
  return hidden.reduce((shown, secret) => {
    const inJson = JSON.stringify(secret).slice(1, -1)
    return shown.replaceAll(secret, mark).replaceAll(inJson, mark)
  }, text)
}

/** A copy of plain data in which every text went through `hideIn`; the data itself when nothing is to be hidden. */
export function hideInData<T>(data: T, hidden: readonly string[]): T {
  return hidden.length === 0 ? data : (withoutTexts(data, hidden) as T)
}

function withoutTexts(data: unknown, hidden: readonly string[]): unknown {
  if (typeof data === 'string') return hideIn(data, hidden)
  if (Array.isArray(data)) return data.map((item) => withoutTexts(item, hidden))
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, withoutTexts(value, hidden)]))
}
