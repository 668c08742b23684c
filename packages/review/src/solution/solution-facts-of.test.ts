import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { NamedFile, Problem } from '@flowstead/definition'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { problemsInto } from './problem-sink.ts'
import { solutionSubjectOf } from './read-solution.ts'
import type { SolutionFacts } from './solution-facts.ts'
import { readSolutionFacts } from './solution-facts-of.ts'
import { solutionOf } from './solution-of.ts'

const packages = fileURLToPath(new URL('../../../../conformance/corpus/_packages/', import.meta.url))

function files(content: Readonly<Record<string, string>>): NamedFile[] {
  return Object.entries(content).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) }))
}

function zipped(name: string, members: readonly NamedFile[]): NamedFile {
  return { name, bytes: zipSync(Object.fromEntries(members.map((each) => [each.name, each.bytes]))) }
}

function readWith(given: readonly NamedFile[]): { facts: SolutionFacts[]; codes: string[] } {
  const problems: Problem[] = []
  const facts = readSolutionFacts(given, problemsInto(problems))
  return { facts, codes: problems.map(({ code, file }) => `${code} ${file}`) }
}

const manifest = `<ImportExportXml languagecode="1029"><SolutionManifest>
  <UniqueName>Bookings</UniqueName><Version>1.2.0.4</Version>
  <Publisher><UniqueName>contoso</UniqueName>
    <LocalizedNames>
      <LocalizedName description="Contoso Ltd" languagecode="1033" />
      <LocalizedName description="Contoso &amp; synové" languagecode="1029" />
    </LocalizedNames>
    <CustomizationPrefix>con</CustomizationPrefix>
  </Publisher>
  <MissingDependencies>
    <MissingDependency>
      <Required type="1" schemaName="account" displayName="Account" solution="Base (9.0)" />
      <Dependent type="29" displayName="Book a room" />
    </MissingDependency>
    <MissingDependency>
      <Required type="1" schemaName="account" displayName="Account" solution="Base (9.0)" />
      <Dependent type="29" displayName="Cancel a room" />
    </MissingDependency>
    <MissingDependency>
      <Required type="connectionreference" displayName="con_mail" solution="Active" />
      <Dependent type="29" displayName="Book a room" />
    </MissingDependency>
  </MissingDependencies>
</SolutionManifest></ImportExportXml>`

const customizations = `<ImportExportXml>
  <Entities><Entity><Name LocalizedName="Room">con_Room</Name><EntityInfo><entity Name="con_Room"/></EntityInfo></Entity></Entities>
  <Roles><Role id="{1}" name="Clerk"><RolePrivileges/></Role></Roles>
  <FieldSecurityProfiles><FieldSecurityProfile name="Wages"/></FieldSecurityProfiles>
  <CanvasApps><CanvasApp><Name>con_desk_1</Name><DisplayName>Desk</DisplayName></CanvasApp></CanvasApps>
  <CustomControls><CustomControl><Name>con_Grid</Name></CustomControl></CustomControls>
  <Connectors>
    <Connector><name>con_5Frooms</name><displayname>Rooms</displayname><description>Listed</description>
      <openapidefinition>/Connector/con_5Frooms_openapidefinition.json</openapidefinition></Connector>
    <Connector><name>con_5Fbare</name></Connector>
  </Connectors>
  <connectionreferences>
    <connectionreference connectionreferencelogicalname="con_mail">
      <connectionreferencedisplayname>Mail</connectionreferencedisplayname>
      <connectorid>/providers/Microsoft.PowerApps/apis/shared_office365</connectorid>
      <iscustomizable>0</iscustomizable>
    </connectionreference>
  </connectionreferences>
  <Languages><Language>1029</Language><Language>1033</Language></Languages>
</ImportExportXml>`

function variable(name: string, more = ''): string {
  return `<environmentvariabledefinition schemaname="${name}"><displayname default="Label of ${name}"/>${more}<type>100000000</type></environmentvariabledefinition>`
}

const solution = files({
  'solution.xml': manifest,
  'customizations.xml': customizations,
  'environmentvariabledefinitions/con_b/environmentvariabledefinition.xml': variable('con_b'),
  'environmentvariabledefinitions/con_b/environmentvariablevalues.json':
    '{"environmentvariablevalues":{"environmentvariablevalue":{"iscustomizable":"1","value":"x"}}}',
  'environmentvariabledefinitions/con_a/environmentvariabledefinition.xml': variable(
    'con_a',
    '<defaultvalue>10</defaultvalue><iscustomizable>0</iscustomizable>',
  ),
  'Connector/con_5Frooms_openapidefinition.json':
    '{"swagger":"2.0","info":{"title":"Rooms API","description":"Books rooms"},"host":"rooms.example.com"}',
})

describe('the facts of a solution', () => {
  const expected = {
    uniqueName: 'Bookings',
    version: '1.2.0.4',
    publisher: 'Contoso & synové',
    prefix: 'con',
    missingDependencies: [
      { name: 'Account', type: 'Table', solution: 'Base (9.0)', dependent: 'Book a room, Cancel a room' },
      { name: 'con_mail', type: 'Connection reference', solution: 'Active', dependent: 'Book a room' },
    ],
    connectionReferences: [
      { name: 'con_mail', displayName: 'Mail', api: 'shared_office365', isCustomizable: false },
    ],
    environmentVariables: [
      {
        name: 'con_a',
        displayName: 'Label of con_a',
        type: 'String',
        isCustomizable: false,
        hasDefault: true,
        hasValue: false,
      },
      {
        name: 'con_b',
        displayName: 'Label of con_b',
        type: 'String',
        isCustomizable: true,
        hasDefault: false,
        hasValue: true,
      },
    ],
    customConnectors: [
      { name: 'Rooms', description: 'Books rooms', host: 'rooms.example.com' },
      { name: 'con_5Fbare', description: '', host: '' },
    ],
    tables: ['con_Room'],
    roles: ['Clerk'],
    fieldSecurityProfiles: ['Wages'],
    canvasApps: ['Desk'],
    customControls: ['con_Grid'],
    languageCode: '1029, 1033',
  }

  test('are read from a zip', () => {
    expect(readWith([zipped('bookings.zip', solution)])).toEqual({
      facts: [{ file: 'bookings.zip', manifest: 'bookings.zip!solution.xml', ...expected }],
      codes: [],
    })
  })

  test('are read from a package inside a zip', () => {
    const inner = zipped('PkgAssets/bookings.zip', solution)
    const { facts } = readWith([zipped('deploy.zip', [inner])])
    expect(facts.map(({ file, uniqueName }) => [file, uniqueName])).toEqual([
      ['deploy.zip!PkgAssets/bookings.zip', 'Bookings'],
    ])
  })

  test('are read from a folder, and from one unpacked into folders of components', () => {
    const folder = solution.map(({ name, bytes }) => ({ name: `a/b/${name}`, bytes }))
    const unpacked = files({
      'src/Other/Solution.xml': manifest,
      'src/Other/Customizations.xml': '<ImportExportXml/>',
      'src/Entities/con_Room/Entity.xml': '<Entity/>',
      'src/Roles/Clerk.xml': '<Role/>',
    })
    const { facts } = readWith([...folder, ...unpacked])
    expect(facts[0]).toEqual({ file: 'a/b', manifest: 'a/b/solution.xml', ...expected })
    expect(facts[1]).toMatchObject({
      file: 'src',
      tables: ['con_Room'],
      roles: ['Clerk'],
      languageCode: '1029',
    })
  })

  test('belong to the files below them', () => {
    const { facts } = readWith([
      zipped('one.zip', solution),
      ...files({ 'two/solution.xml': manifest, 'two/three/solution.xml': manifest }),
    ])
    const fileOf = (file: string): string | undefined => solutionOf(facts, file)?.file
    expect(fileOf('one.zip!Workflows/x.json')).toBe('one.zip')
    expect(fileOf('two/Workflows/x.json')).toBe('two')
    expect(fileOf('two/three/Workflows/x.json')).toBe('two/three')
    expect(fileOf('twofold/x.json')).toBeUndefined()
  })

  test('are none where no solution.xml lies', () => {
    expect(readSolutionFacts(files({ 'customizations.xml': customizations, 'a.json': '{}' }))).toEqual([])
    expect(readSolutionFacts(files({ 'solution.xml': '<project/>' }))).toEqual([])
  })
})

describe('a side file that cannot be read is told, and the rest is used', () => {
  const deep = 100_000
  test.each([
    ['a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${customizations}`, 'Archive.Doctype'],
    ['something cut', customizations.slice(0, 400), 'Definition.BadMetadata'],
    ['nothing', '', 'Definition.BadMetadata'],
    ['over 20 MB', ' '.repeat(20_000_001), 'Definition.BadMetadata'],
  ])('with %s in customizations.xml', (_what, text, code) => {
    const { facts, codes } = readWith(files({ 'solution.xml': manifest, 'customizations.xml': text }))
    expect(codes).toEqual([`${code} customizations.xml`])
    expect(facts).toMatchObject([{ uniqueName: 'Bookings', connectionReferences: [] }])
  })

  test('with a document type in solution.xml', () => {
    const { facts, codes } = readWith(files({ 'solution.xml': `<!doctype x>${manifest}` }))
    expect([facts, codes]).toEqual([[], ['Archive.Doctype solution.xml']])
  })

  test('with a definition that is not text, a value and a connector that are not JSON', () => {
    const folder = 'environmentvariabledefinitions/'
    const { facts, codes } = readWith([
      ...files({
        'solution.xml': manifest,
        [`${folder}a/environmentvariabledefinition.xml`]: variable('a'),
        [`${folder}a/environmentvariablevalues.json`]: '{',
        'Connector/x_openapidefinition.json': '[['.repeat(deep),
      }),
      {
        name: `${folder}b/environmentvariabledefinition.xml`,
        bytes: new Uint8Array([0x3c, 0x61, 0xff, 0x3e]),
      },
    ])
    expect(codes).toEqual([
      `Definition.BadMetadata ${folder}a/environmentvariablevalues.json`,
      `Definition.BadMetadata ${folder}b/environmentvariabledefinition.xml`,
      'Definition.BadMetadata Connector/x_openapidefinition.json',
    ])
    expect(facts[0]?.environmentVariables).toMatchObject([{ name: 'a', hasValue: true }])
    expect(facts[0]?.customConnectors).toEqual([])
  })

  test('with elements a hundred thousand deep', () => {
    const text = `<ImportExportXml>${'<Entities>'.repeat(deep)}${'</Entities>'.repeat(deep)}</ImportExportXml>`
    const { facts, codes } = readWith(files({ 'solution.xml': manifest, 'customizations.xml': text }))
    expect([facts[0]?.tables, codes]).toEqual([[], []])
  })

  test('with an archive that is no archive, once for flows and facts', () => {
    const whole = zipped('cut.zip', solution)
    const cut = { name: 'cut.zip', bytes: whole.bytes.subarray(0, whole.bytes.length - 30) }
    const { problems, solutions } = solutionSubjectOf([cut], { facts: undefined })
    expect(problems.map(({ code }) => code)).toEqual(['Archive.NotAnArchive'])
    expect(solutions).toEqual([])
  })
})

test('solutions of the corpus say what their files say', () => {
  const found = readdirSync(packages)
    .sort()
    .flatMap((name) => readSolutionFacts([{ name, bytes: readFileSync(packages + name) }]))
  expect(
    found.map(
      (each) =>
        `${each.uniqueName} ${each.version} by ${each.publisher} (${each.prefix}): ` +
        `references ${each.connectionReferences.length}, variables ${each.environmentVariables.length}, ` +
        `missing ${each.missingDependencies.length}, tables ${each.tables.length}, roles ${each.roles.length}, ` +
        `apps ${each.canvasApps.length}`,
    ),
  ).toEqual([
    'ElectronicSignatureDemo 1.0.0.7 by CDS Default Publisher (cr7a2): references 4, variables 0, missing 0, tables 1, roles 0, apps 1',
    'ResumeSimpleMDAsolution 1.0.0.3 by Sunny Eltepu (saeltepu): references 1, variables 0, missing 2, tables 3, roles 0, apps 1',
    'SSAMERPDocXML 1.0.0.1 by SSA MERP (ssamerp): references 1, variables 0, missing 0, tables 0, roles 0, apps 0',
    'SoftwareAssetManager 1.0.0.0 by Federal ABS Demos (fedabs): references 1, variables 0, missing 9, tables 7, roles 1, apps 0',
    'Invoices 1.0.0.2 by pucelik (dev): references 0, variables 3, missing 0, tables 0, roles 0, apps 1',
  ])
})
