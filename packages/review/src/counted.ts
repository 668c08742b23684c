/** A number with its noun: `1 flow`, `1,200 flows`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? singular : plural}`
}

/** A text with its end left out when it is longer than anybody reads. */
export function shortened(text: string, maxLength = 4_000): string {
  if (text.length <= maxLength) return text
  return `${text.slice(0, maxLength)}… (${counted(text.length - maxLength, 'more character')})`
}
