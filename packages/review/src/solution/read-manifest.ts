import type { NamedFile } from '@flowstead/definition'
import type { Element } from '@xmldom/xmldom'
import { componentType } from './component-types.ts'
import type { MissingDependency, SolutionFacts } from './solution-facts.ts'
import { attributeOf, childAt, childrenOf, readXml, textAt } from './xml.ts'

/** What `solution.xml` says. */
export type Manifest = Pick<
  SolutionFacts,
  'uniqueName' | 'version' | 'publisher' | 'prefix' | 'missingDependencies' | 'languageCode'
>

/**
 * Reads `solution.xml`; `undefined` when it is XML of something else.
 * @throws what `readXml` throws.
 */
export function readManifest({ bytes, name }: NamedFile): Manifest | undefined {
  const root = readXml(bytes, name)
  const manifest = childAt(root, 'SolutionManifest')
  if (manifest === undefined) return undefined
  const publisher = childAt(manifest, 'Publisher')
  const languageCode = attributeOf(root, 'languagecode')
  return {
    uniqueName: textAt(manifest, 'UniqueName'),
    version: textAt(manifest, 'Version'),
    publisher: localizedName(publisher, languageCode) || textAt(publisher, 'UniqueName'),
    prefix: textAt(publisher, 'CustomizationPrefix'),
    missingDependencies: missingDependencies(
      childrenOf(childAt(manifest, 'MissingDependencies'), 'MissingDependency'),
    ),
    languageCode,
  }
}

function localizedName(parent: Element | undefined, languageCode: string): string {
  const names = childrenOf(childAt(parent, 'LocalizedNames'), 'LocalizedName')
  const own = names.find((name) => attributeOf(name, 'languagecode') === languageCode) ?? names[0]
  return attributeOf(own, 'description')
}

/** The same thing may be needed by many: it is told once, with all that need it. */
function missingDependencies(elements: readonly Element[]): MissingDependency[] {
  const found = new Map<string, { readonly first: Element; readonly dependents: Set<string> }>()
  for (const element of elements) {
    const required = childAt(element, 'Required')
    if (required === undefined) continue
    const name = componentName(required)
    const known = found.get(name) ?? { first: required, dependents: new Set() }
    found.set(name, known)
    known.dependents.add(dependentName(childAt(element, 'Dependent')))
  }
  return [...found].map(([name, { first, dependents }]) => ({
    name,
    type: componentType(attributeOf(first, 'type')),
    solution: attributeOf(first, 'solution'),
    dependent: [...dependents].filter((each) => each !== '').join(', '),
  }))
}

function componentName(element: Element | undefined): string {
  const names = ['displayName', 'schemaName', 'id'].map((key) => attributeOf(element, key))
  return names.find((name) => name !== '') ?? ''
}

/** What has no name is told by its kind: ids say nothing to people. */
function dependentName(element: Element | undefined): string {
  const names = ['displayName', 'schemaName'].map((key) => attributeOf(element, key))
  return names.find((name) => name !== '') ?? componentType(attributeOf(element, 'type'))
}
