/**
 * A file that came from outside leaves as a download: a browser saves it and neither shows nor runs it in the
 * origin of the service, whatever its name and type say.
 */
import type { Answer } from './answer.ts'

export interface OutgoingFile {
  readonly bytes: Uint8Array
  /** As it came; what is no media type becomes `application/octet-stream`. */
  readonly mediaType: string
  /** As it came; what a file system or an eye may misread is replaced. */
  readonly name: string
}

const maxNameLength = 200

/** 200 with the bytes of a file. */
export function fileAnswer({ bytes, mediaType, name }: OutgoingFile): Answer {
  return {
    status: 200,
    body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    headers: {
      'content-type': /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(mediaType)
        ? mediaType
        : 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${headerText(plainName(name))}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  }
}

/** Without control characters, path separators, marks that turn the direction of writing, and halves of characters. */
function plainName(name: string): string {
  const plain = name.replaceAll(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069<>:"/\\|?*]/gu, '_')
  return [...plain].slice(-maxNameLength).join('')
}

/** RFC 8187: everything but letters, digits and a few marks is percent-encoded. */
function headerText(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
