import { describe, expect, test } from 'vitest'
import { readFlows } from '../read-flows.ts'
import { sampleSolution } from '../sample.testing.ts'
import { type TestMember, testZip } from './zip.testing.ts'

const flow: TestMember = {
  name: 'Workflows/Sample-0a1b2c3d-0000-4000-8000-00000000000a.json',
  content: sampleSolution(),
}

function codesOf(members: readonly TestMember[], options = {}): string[] {
  return codesOfBytes(testZip(members), options)
}

function codesOfBytes(bytes: Uint8Array, options = {}): string[] {
  const { flows, problems } = readFlows(bytes, 'solution.zip', options)
  if (problems.some(({ severity }) => severity === 'error')) expect(flows).toEqual([])
  return problems.map(({ code }) => code)
}

describe('an archive is read', () => {
  test('with backslashes in the names, as packers on Windows write them', () => {
    const { flows, problems } = readFlows(
      testZip([{ ...flow, name: flow.name.replace('/', '\\') }]),
      'solution.zip',
    )
    expect(problems).toEqual([])
    expect(flows.map(({ id, file }) => [id, file])).toEqual([
      ['0a1b2c3d-0000-4000-8000-00000000000a', `solution.zip!${flow.name}`],
    ])
  })

  test('with members that are stored as they are', () => {
    expect(codesOf([{ ...flow, method: 0 }])).toEqual([])
  })

  test('with names of its flows from customizations.xml', () => {
    const customizations = `<ImportExportXml><Workflows><Workflow WorkflowId="{0A1B2C3D-0000-4000-8000-00000000000A}" Name="Booking &amp; confirmation"><JsonFileName>/${flow.name}</JsonFileName></Workflow></Workflows></ImportExportXml>`
    const { flows } = readFlows(
      testZip([flow, { name: 'customizations.xml', content: customizations }]),
      's.zip',
    )
    expect(flows[0]?.name).toBe('Booking & confirmation')
  })

  test('with a package inside, but not with any other archive inside', () => {
    const solution = testZip([{ name: 'solution.xml', content: '<x/>' }, flow])
    const other = testZip([flow])
    const { flows } = readFlows(testZip([{ name: 'PkgAssets/a.zip', content: solution }]), 'deployer.zip')
    expect(flows.map(({ file }) => file)).toEqual([`deployer.zip!PkgAssets/a.zip!${flow.name}`])
    expect(codesOf([{ name: 'a.zip', content: other }])).toEqual(['Definition.NotAFlow'])
  })

  test('with a classic workflow left out and named', () => {
    expect(codesOf([flow, { name: 'Workflows/Old.xaml', content: '<Activity/>' }])).toEqual([
      'Definition.ClassicWorkflow',
    ])
  })
})

describe('an archive is refused', () => {
  test.each([
    '../../x.json',
    '/etc/x.json',
    'C:\\x.json',
    'c:x.json',
    '..\\x.json',
    'a/../../x.json',
    '\\\\server\\x.json',
    'x\0.json',
    '',
  ])('for the member name %j', (name) => {
    expect(codesOf([flow, { name, content: '{}' }])).toEqual(['Archive.UnsafeName'])
  })

  test.each([
    ['a link', { mode: 0o120777 }, 'Archive.UnsafeEntry'],
    ['a device', { mode: 0o020666 }, 'Archive.UnsafeEntry'],
    ['an encrypted member', { flags: 0x801 }, 'Archive.Encrypted'],
    ['an unknown compression method', { method: 12 }, 'Archive.NotSupported'],
    ['a size that is too large', { declaredSize: 100_000_000 }, 'Archive.SizeMismatch'],
    ['a size that is too small', { declaredSize: 1 }, 'Archive.SizeMismatch'],
    ['a wrong checksum', { crc: 1 }, 'Archive.Damaged'],
    ['another name in front of its data', { localName: 'Workflows/x.json' }, 'Archive.NameMismatch'],
  ])('for %s', (_what, lie, code) => {
    expect(codesOf([{ ...flow, ...lie }])).toEqual([code])
  })

  test.each([
    ['the same name twice', 'a.json', 'a.json'],
    ['case twins', 'a/B.json', 'A/b.json'],
    ['the same name with other separators', 'a/b.json', 'a\\b.json'],
    ['Unicode twins', 'caf\u00e9.json', 'cafe\u0301.json'],
  ])('for %s', (_what, one, other) => {
    const members = [one, other].map((name) => ({ name, content: '{}' }))
    expect(codesOf(members)).toEqual(['Archive.DuplicateName'])
  })

  test('for members that share bytes', () => {
    const inner = testZip([{ name: 'b.json', content: '{}' }])
    const outer = { name: 'a', content: inner, method: 0 }
    // The header of "a" is 31 bytes long, so "b.json" begins where its content does.
    expect(codesOf([outer, { name: 'b.json', content: '{}', localAt: 31 }])).toEqual(['Archive.Overlap'])
  })

  test('for a bomb in a package inside it', () => {
    const bomb = { name: 'Workflows/bomb.json', content: new Uint8Array(30_000_000) }
    const inner = testZip([{ name: 'solution.xml', content: '<x/>' }, bomb])
    expect(codesOf([{ name: 'inner.zip', content: inner }])).toEqual(['Archive.TooLarge'])
  })

  test('for 100 members over its limit of entries', () => {
    const members = Array.from({ length: 101 }, (_, index) => ({ name: `${index}.json`, content: '{}' }))
    expect(codesOf(members, { archive: { maxEntries: 100 } })).toEqual(['Archive.TooManyEntries'])
  })

  test('for claiming more than 200 MB', () => {
    expect(codesOf([{ ...flow, declaredSize: 4_000_000_000 }])).toEqual(['Archive.TooLarge'])
  })

  test('for a bomb that claims to be small', () => {
    const bomb = { name: 'Workflows/bomb.json', content: new Uint8Array(60_000_000) }
    const bytes = testZip([flow, { ...bomb, declaredSize: 1000 }])
    expect(codesOfBytes(bytes)).toEqual(['Archive.TooLarge'])
  })

  test('for many members that are too large together', () => {
    const members = Array.from({ length: 5 }, (_, index) => ({
      name: `${index}.json`,
      content: new Uint8Array(900_000),
      declaredSize: 1,
    }))
    const options = { archive: { maxTotalBytes: 1_000_000 } }
    expect(
      codesOf(
        members.map((member) => ({ ...member, declaredSize: 200_000 })),
        options,
      ),
    ).toEqual(['Archive.SizeMismatch'])
    expect(
      codesOf(
        members.map((member) => ({ ...member, declaredSize: 900_000 })),
        options,
      ),
    ).toEqual(['Archive.TooLarge'])
  })

  test('for bytes behind its end, and for a cut one', () => {
    const bytes = testZip([flow])
    expect(codesOfBytes(new Uint8Array([...bytes, 1, 2, 3]))).toEqual(['Archive.NotAnArchive'])
    expect(codesOfBytes(bytes.subarray(0, bytes.length - 30))).toEqual(['Archive.NotAnArchive'])
    expect(codesOfBytes(bytes.subarray(0, 4))).toEqual(['Archive.NotAnArchive'])
  })

  test('for a DOCTYPE in its customizations', () => {
    const content = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    const { problems } = readFlows(testZip([flow, { name: 'customizations.xml', content }]), 'solution.zip')
    expect(problems.map(({ code, file }) => [code, file])).toEqual([
      ['Archive.Doctype', 'solution.zip!customizations.xml'],
    ])
  })
})
