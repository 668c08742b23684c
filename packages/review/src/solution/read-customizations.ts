import { apiName, type NamedFile } from '@flowstead/definition'
import type { Element } from '@xmldom/xmldom'
import type { SolutionConnectionReference, SolutionFacts } from './solution-facts.ts'
import { attributeOf, childAt, childrenOf, readXml, textAt } from './xml.ts'

/** A custom connector as `customizations.xml` lists it. */
export interface ListedConnector {
  readonly displayName: string
  readonly description: string
  /** Name of its definition file inside the solution, lower case. */
  readonly definition: string
}

/** What `customizations.xml` says beside flows. */
export interface Customizations
  extends Pick<
    SolutionFacts,
    'connectionReferences' | 'tables' | 'roles' | 'fieldSecurityProfiles' | 'canvasApps' | 'customControls'
  > {
  readonly connectors: readonly ListedConnector[]
  readonly languages: readonly string[]
}

export const noCustomizations: Customizations = {
  connectionReferences: [],
  tables: [],
  roles: [],
  fieldSecurityProfiles: [],
  canvasApps: [],
  customControls: [],
  connectors: [],
  languages: [],
}

/**
 * Reads `customizations.xml`.
 * @throws what `readXml` throws.
 */
export function readCustomizations({ bytes, name }: NamedFile): Customizations {
  const root = readXml(bytes, name)
  const list = (group: string, each: string): Element[] => childrenOf(childAt(root, group), each)
  return {
    connectionReferences: list('connectionreferences', 'connectionreference').map(connectionReference),
    tables: list('Entities', 'Entity').map((entity) => textAt(entity, 'Name')),
    roles: list('Roles', 'Role').map((role) => attributeOf(role, 'name')),
    fieldSecurityProfiles: list('FieldSecurityProfiles', 'FieldSecurityProfile').map((profile) =>
      attributeOf(profile, 'name'),
    ),
    canvasApps: list('CanvasApps', 'CanvasApp').map(
      (app) => textAt(app, 'DisplayName') || textAt(app, 'Name'),
    ),
    customControls: list('CustomControls', 'CustomControl').map((control) => textAt(control, 'Name')),
    connectors: list('Connectors', 'Connector').map((connector) => ({
      displayName: textAt(connector, 'displayname') || textAt(connector, 'name'),
      description: textAt(connector, 'description'),
      definition: textAt(connector, 'openapidefinition').replace(/^\//, '').toLowerCase(),
    })),
    languages: list('Languages', 'Language').map((language) => textAt(language)),
  }
}

function connectionReference(element: Element): SolutionConnectionReference {
  const name = attributeOf(element, 'connectionreferencelogicalname')
  return {
    name,
    displayName: textAt(element, 'connectionreferencedisplayname') || name,
    api: apiName(textAt(element, 'connectorid')),
    isCustomizable: textAt(element, 'iscustomizable') !== '0',
  }
}
