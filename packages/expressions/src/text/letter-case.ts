/** Upper case of the invariant culture: one unit stays one unit, `ß` and the dotless `ı` stay. */
export function toUpper(text: string): string {
  const upper = text.toUpperCase()
  if (upper.length === text.length && !text.includes('ı')) return upper
  return unitByUnit(text, (unit) => (unit === 'ı' ? unit : unit.toUpperCase()))
}

/** Lower case of the invariant culture: one unit stays one unit, a final sigma is like any other. */
export function toLower(text: string): string {
  const lower = text.toLowerCase()
  if (lower.length === text.length && !text.includes('Σ')) return lower
  return unitByUnit(text, (unit) => unit.toLowerCase())
}

function unitByUnit(text: string, change: (unit: string) => string): string {
  let result = ''
  for (const unit of text) {
    const changed = change(unit)
    result += changed.length === unit.length ? changed : unit
  }
  return result
}
