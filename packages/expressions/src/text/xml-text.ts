const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
const characters = new Map(Object.entries(entities).map(([character, entity]) => [entity, character]))

/** Text escaped for an XML value. */
export function encodeXmlValue(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}

/** Undoes the escapes of XML values, numeric ones included; unknown ones stay. */
export function decodeXmlValue(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});/gi, (entity) => {
    if (!entity.startsWith('&#')) return characters.get(entity.toLowerCase()) ?? entity
    const code = /^&#x/i.test(entity)
      ? Number.parseInt(entity.slice(3), 16)
      : Number.parseInt(entity.slice(2), 10)
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity
  })
}

const nameStart = /^[\p{L}\p{Nl}_:]$/u
const nameRest = /^[\p{M}\p{Nd}.·-]$/u

/** A text as an XML name: what a name cannot hold becomes `_xHHHH_`. */
export function encodeXmlName(text: string): string {
  let name = ''
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at)
    const isAllowed = nameStart.test(unit) || (at > 0 && nameRest.test(unit))
    const looksEscaped = unit === '_' && /^_x[0-9a-f]{4}_/i.test(text.slice(at, at + 7))
    name += isAllowed && !looksEscaped ? unit : escaped(unit)
  }
  return name
}

function escaped(unit: string): string {
  return `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
}

/** Undoes `encodeXmlName`. */
export function decodeXmlName(name: string): string {
  return name.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}
