/** Percent-encodes everything but letters, digits and `- _ . ~`, as RFC 3986 has it, in UTF-8. */
export function percentEncode(text: string): string {
  // The round trip through bytes turns lone surrogates, which have no UTF-8, into U+FFFD.
  const wellFormed = Buffer.from(text, 'utf8').toString('utf8')
  return encodeURIComponent(wellFormed).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Encodes what no URI may contain; marks with a meaning in URIs and what is encoded already stay. */
export function percentEncodeReserved(text: string): string {
  return text.replace(/[^\w\-.~:/?#[\]@!$&'()*+,;=%]+|%(?![0-9a-f]{2})/gi, percentEncode)
}

/** Undoes percent-encoding; `+` stays, and so does whatever is not an encoded character. */
export function percentDecode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, decodeRun)
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run)
  } catch {
    // Some bytes are no UTF-8: those stay, the characters between them are decoded.
    return run.replace(/%[c-f][0-9a-f](?:%[89ab][0-9a-f]){1,3}|%[0-7][0-9a-f]/gi, decodeOne)
  }
}

function decodeOne(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    // Not a character; it stays as written.
    return encoded
  }
}
