import { FlowsteadError } from '@flowstead/errors'

/**
 * Text of a file in UTF-8 or UTF-16, with or without a byte order mark; the mark is left out.
 * @throws `Definition.UnknownEncoding` when the bytes are neither.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes)
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new FlowsteadError('Definition.UnknownEncoding', `The file is not valid ${encoding} text.`, {
      hint: 'Save it as UTF-8.',
      cause,
    })
  }
}

/** Without a mark, a zero byte beside an ASCII one tells UTF-16: JSON and XML begin with ASCII. */
function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (second === 0 && first !== 0 && first !== undefined))
    return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined))
    return 'utf-16be'
  return 'utf-8'
}
