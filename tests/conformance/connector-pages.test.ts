import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** What the head of a published connector page says. */
interface PageFacts {
  readonly connector: string
  readonly status: string
  readonly publisher: string
  readonly website: string
  readonly privacyPolicy: string
  readonly categories: readonly string[]
  readonly contact: Readonly<Record<'name' | 'url' | 'email', string>>
  /** By product. */
  readonly class: Readonly<Record<string, string>>
  readonly shareable: boolean
  readonly throttling: { readonly calls: number; readonly seconds: number }
  readonly capabilities: readonly string[]
  readonly secureParameters: readonly string[]
}

interface Definition {
  readonly info: { readonly contact: unknown; readonly 'x-ms-api-annotation': { readonly status: string } }
  readonly 'x-ms-connector-metadata': readonly {
    readonly propertyName: string
    readonly propertyValue: string
  }[]
}

interface Properties {
  readonly properties: {
    readonly publisher: string
    readonly capabilities: readonly string[]
    readonly connectionParameters: Readonly<Record<string, { readonly type: string }>>
    readonly 'x-flowstead-throttle': unknown
  }
}

const read = <T>(path: string) =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')) as T
const pages = read<{ connectors: readonly PageFacts[] }>(
  'conformance/contracts/connector-pages.json',
).connectors

/** One word for all products, and where a product differs. */
function classText(classes: PageFacts['class']): string {
  const usual = classes['Power Automate']
  const others = Object.entries(classes).filter(([, name]) => name !== usual)
  return [usual, ...others.map(([product, name]) => `${product}: ${name}`)].join('; ')
}

describe.each(pages.map((page) => [page.connector, page] as const))('%s', (connector, page) => {
  const definition = read<Definition>(`connectors/${connector}/apiDefinition.swagger.json`)
  const { properties } = read<Properties>(`connectors/${connector}/apiProperties.json`)

  test('says what its page says: website, privacy policy, categories, class, sharing', () => {
    expect(definition['x-ms-connector-metadata']).toEqual([
      { propertyName: 'Website', propertyValue: page.website },
      { propertyName: 'Privacy policy', propertyValue: page.privacyPolicy },
      { propertyName: 'Categories', propertyValue: page.categories.join(';') },
      { propertyName: 'Service class', propertyValue: classText(page.class) },
      { propertyName: 'Shareable', propertyValue: page.shareable ? 'Yes' : 'No' },
    ])
  })

  test('names its publisher, its support, its throttle and its state', () => {
    expect(definition.info.contact).toEqual(page.contact)
    expect(definition.info['x-ms-api-annotation'].status).toBe(page.status)
    expect([properties.publisher, properties.capabilities]).toEqual([page.publisher, page.capabilities])
    expect(properties['x-flowstead-throttle']).toEqual(page.throttling)
  })

  test('keeps secret what the page calls secure', () => {
    const secure = Object.entries(properties.connectionParameters).filter(([, { type }]) =>
      /secure/i.test(type),
    )
    expect(secure.map(([name]) => name)).toEqual(page.secureParameters)
  })
})
