import { createRequire } from 'node:module'
import { FlowsteadError, isFlowsteadError } from '@flowstead/errors'
import type { Element } from '@xmldom/xmldom'
import { decodeText } from '../json/decode.ts'
import { asGuid, baseName, splitFileName } from '../model/identity.ts'
import { shallowXml } from './shallow-xml.ts'

/** What a solution says about a flow beside its definition. */
export interface SolutionEntry {
  readonly id: string | undefined
  readonly name: string
  /** File name of the definition without folders, lower case; '' when the entry does not say. */
  readonly file: string
}

const maxXmlBytes = 20_000_000

const require = createRequire(import.meta.url)
/** Loaded with the first side file: most flows have none. */
const xmldom = (): typeof import('@xmldom/xmldom') => require('@xmldom/xmldom')

/** Whether a file is one that `readSolutionEntries` understands. */
export function hasSolutionEntries(file: string): boolean {
  const base = baseName(file).toLowerCase()
  return base === 'customizations.xml' || base.endsWith('.data.xml')
}

/**
 * The `Workflow` elements of `customizations.xml` or of a `.data.xml` side file.
 * @throws `Archive.Doctype`, or `Definition.BadMetadata` when it is not XML or over 20 MB.
 */
export function readSolutionEntries(bytes: Uint8Array, file: string): SolutionEntry[] {
  if (bytes.length > maxXmlBytes) throw badMetadata(file, 'is too large')
  const text = decodeText(bytes)
  if (/<!doctype/i.test(text)) {
    throw new FlowsteadError('Archive.Doctype', `The file "${baseName(file)}" declares a DOCTYPE.`)
  }
  return [...elementsOf(text, file)].flatMap((element) => entryOf(element, file) ?? [])
}

function elementsOf(text: string, file: string): Iterable<Element> {
  const refuse = (): never => {
    throw badMetadata(file, 'is not XML')
  }
  try {
    const onError = (level: string): void => {
      if (level !== 'warning') refuse()
    }
    const shallow = shallowXml(text) ?? refuse()
    return new (xmldom().DOMParser)({ onError })
      .parseFromString(shallow, 'text/xml')
      .getElementsByTagName('Workflow')
  } catch (cause) {
    if (isFlowsteadError(cause)) throw cause
    return refuse()
  }
}

function entryOf(element: Element, file: string): SolutionEntry | undefined {
  const name = element.getAttribute('Name') ?? ''
  if (name === '') return undefined
  const written = element.getElementsByTagName('JsonFileName').item(0)?.textContent ?? sideFileOf(file)
  const id = asGuid(element.getAttribute('WorkflowId') ?? undefined) ?? splitFileName(written).id
  return { id, name, file: baseName(written).toLowerCase() }
}

/** `Name-GUID.json.data.xml` lies beside `Name-GUID.json`. */
function sideFileOf(file: string): string {
  return file.toLowerCase().endsWith('.data.xml') ? file.slice(0, -'.data.xml'.length) : ''
}

function badMetadata(file: string, what: string): FlowsteadError {
  return new FlowsteadError('Definition.BadMetadata', `The file "${baseName(file)}" ${what}.`, {
    hint: 'Flows keep the names of their files.',
  })
}
