import { createHash } from 'node:crypto'
import { printJson, type Value } from '@flowstead/expressions'

const guid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const wholeGuid = new RegExp(`^\\{?(${guid})\\}?$`, 'i')
const fileGuid = new RegExp(`^(.*?)[-_]?\\{?(${guid})\\}?$`, 'i')
const maxSlugLength = 80

/** A GUID in lower case without braces, or `undefined`. */
export function asGuid(text: string | undefined): string | undefined {
  return wholeGuid.exec(text?.trim() ?? '')?.[1]?.toLowerCase()
}

/** Splits `Name-GUID.json` as solutions write it. */
export function splitFileName(file: string): { readonly name: string; readonly id: string | undefined } {
  const base = baseName(file).replace(/\.json$/i, '')
  const found = fileGuid.exec(base)
  if (found === null) return { name: base, id: undefined }
  return { name: found[1] === '' ? base : (found[1] as string), id: (found[2] as string).toLowerCase() }
}

/** Last part of a path, of a member in an archive too. */
export function baseName(file: string): string {
  return file.split(/[/\\!]/).at(-1) ?? file
}

/** Name of the folder a file lies in, or `undefined`. */
export function folderName(file: string): string | undefined {
  return file.split(/[/\\!]/).at(-2)
}

/** An id made of a path: lower case letters, digits and hyphens; a long one ends in a hash of the whole. */
export function slugOf(path: string): string {
  const meaningful = path.replace(/(?:[/\\!]workflow)?\.json$/i, '').replace(/\.zip!/gi, '/')
  const slug = meaningful
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  if (slug !== '' && slug.length <= maxSlugLength) return slug
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 8)
  return `${slug.slice(-maxSlugLength).replace(/^-/, '')}-${hash}`.replace(/^-/, 'flow-')
}

/**
 * SHA-256 of a definition with its connection references, lower-case hex. White space does not count; the order
 * of keys does, because actions that are free to start do so in the order in which they are written.
 */
export function versionOf(definition: Value, connectionReferences: Value): string {
  const text = printJson({ definition, connectionReferences })
  return createHash('sha256').update(text).digest('hex')
}
