import { type Answer, fileAnswer } from '@flowstead/service-kit'
import type { ReadAttachment } from './read-message.ts'

/** An attachment as a file; one without a name gets its number. */
export function attachmentAnswer({ content, note }: ReadAttachment, number: number): Answer {
  const name = note.filename === '' ? `attachment-${number}` : note.filename
  return fileAnswer({ bytes: content, mediaType: note.mime_type, name })
}
