import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type FlowReview, renderReport, renderReview, review } from '@flowstead/review'
import { renderDiagram } from '@flowstead/review/diagram'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchOptions } from './browser.testing.ts'

/** Documents of a review, opened as files: what people see, reach with keys, hear read out, and print. */
const folder = mkdtempSync(join(tmpdir(), 'flowstead-documents-'))
const corpus = fileURLToPath(new URL('../../conformance/corpus/', import.meta.url))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const flows = {
  'of a cloud flow':
    'ms-federal-business-apps/rules-engine/Organizati-0_0_0/Workflows/RulesEngine-407BC2B9-656B-ED11-81AC-000D3AF4F400.json',
  'of a logic app': 'azure-network-security/Azure WAF/Playbook-New/template.json',
}
const date = '2025-03-04'
const documents = {
  Review: (one: FlowReview) => renderReview(one, { date, diagram: renderDiagram(one.flow) }),
  Report: (one: FlowReview) => renderReport(one, { date }),
}
let browser: Browser

beforeAll(async () => {
  browser = await chromium.launch(launchOptions)
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

function reviewOf(file: string): FlowReview {
  const [found] = review([{ name: file, bytes: new Uint8Array(readFileSync(corpus + file)) }]).flows
  if (found === undefined) throw new Error(`There is no flow in ${file}.`)
  return found
}

/** Opens a document; gives what it asked of others and complained about when the visit is over. */
async function visit(
  text: string,
  options: BrowserContextOptions,
  look: (page: Page) => Promise<void>,
): Promise<string[]> {
  const file = join(folder, 'document.html')
  writeFileSync(file, text)
  const context = await browser.newContext(options)
  const complaints: string[] = []
  try {
    const page = await context.newPage()
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(file).href && !request.url().startsWith('data:'))
        complaints.push(`request: ${request.url()}`)
    })
    page.on('console', (message) => complaints.push(`console: ${message.text()}`))
    page.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
    await page.goto(pathToFileURL(file).href)
    await look(page)
  } finally {
    await context.close()
  }
  return complaints
}

interface AxeResult {
  readonly violations: readonly { id: string; impact: string; nodes: readonly { html: string }[] }[]
}

/** What axe holds to be serious or critical, with the first places. */
async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const result = await page.evaluate<AxeResult>('axe.run(document, { resultTypes: ["violations"] })')
  return result.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 120))}`)
}

const looks = [1280, 380].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
)

describe.each(Object.entries(documents))('a %s', (_kind, render) => {
  describe.each(Object.entries(flows))('%s', (_name, file) => {
    const text = render(reviewOf(file))

    test.each(looks)('fits $width pixels, loads nothing, and has no barrier, $colorScheme', async (look) => {
      const { width, colorScheme } = look
      const complaints = await visit(
        text,
        { viewport: { width, height: 900 }, colorScheme },
        async (page) => {
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
          expect(await seriousFindings(page)).toEqual([])
        },
      )
      expect(complaints).toEqual([])
    })
  })
})

const sample = () => reviewOf(flows['of a cloud flow'])

describe('with keys alone', () => {
  test('the first stop skips to the content', async () => {
    await visit(documents.Review(sample()), {}, async (page) => {
      await page.keyboard.press('Tab')
      expect(await page.evaluate('document.activeElement.className')).toBe('skip')
      await page.keyboard.press('Enter')
      expect(await page.evaluate('document.activeElement.id')).toBe('content')
    })
  })

  test('every link, button, box and fold is reached, and shows that it is', async () => {
    await visit(documents.Review(sample()), {}, async (page) => {
      const all = 'a[href], button, input, summary'
      const expected = await page.evaluate(
        `[...document.querySelectorAll('${all}')].filter((one) => one.checkVisibility()).length`,
      )
      const reached = new Set<string>()
      for (let stops = 0; stops < 1_000; stops += 1) {
        await page.keyboard.press('Tab')
        const stop = await page.evaluate<{ index: number; outline: string; isBody: boolean }>(`(() => {
          const at = document.activeElement
          const index = [...document.querySelectorAll('${all}')].indexOf(at)
          return { index, outline: getComputedStyle(at).outlineStyle, isBody: at === document.body }
        })()`)
        if (stop.isBody) break
        expect(stop.outline).not.toBe('none')
        if (stop.index >= 0) reached.add(String(stop.index))
      }
      expect(reached.size).toBe(expected)
    })
  })

  test('a table is filtered by what a column contains', async () => {
    await visit(documents.Review(sample()), {}, async (page) => {
      const section = page.locator('#actions')
      await section.getByRole('button', { name: 'Filter columns' }).press('Enter')
      await section.getByLabel('Filter by Name').press('Tab')
      await page.keyboard.type('setvar')
      const types = await section.locator('tbody tr:visible td:nth-child(2)').allTextContents()
      expect(new Set(types)).toEqual(new Set(['SetVariable']))
      expect(await section.getByRole('status').textContent()).toBe(`${types.length} of 22 rows`)
    })
  })
})

describe('findings', () => {
  test('are shown by the severities that are wanted', async () => {
    await visit(documents.Review(sample()), {}, async (page) => {
      const infos = page.locator('[data-severity=Infos]')
      expect(await infos.isVisible()).toBe(true)
      await page.getByRole('checkbox', { name: 'Infos' }).uncheck()
      expect(await infos.isVisible()).toBe(false)
    })
  })

  test('lead to the row of their action, even when it is filtered away', async () => {
    await visit(documents.Review(sample()), {}, async (page) => {
      const actions = page.locator('#actions')
      await actions.getByRole('button').click()
      await actions.getByLabel('Filter by Name').fill('no such name')
      const link = page.locator('.findings .place a[href^="#action-"]').first()
      const row = page.locator((await link.getAttribute('href')) ?? '')
      expect(await row.isVisible()).toBe(false)
      await link.click()
      // The page hears of its new address after the click has ended.
      await row.waitFor({ state: 'visible', timeout: 5_000 })
    })
  })
})

test('without scripts everything is there, and nothing that needs them', async () => {
  await visit(documents.Review(sample()), { javaScriptEnabled: false }, async (page) => {
    expect(await page.getByRole('button').count()).toBe(0)
    expect(await page.locator('#actions tbody tr').count()).toBe(22)
    const fold = page.locator('#inputs details').first()
    await fold.locator('summary').click()
    expect(await fold.locator('pre').isVisible()).toBe(true)
  })
})

test('on paper everything is there, filtered or folded as it may be, without controls', async () => {
  await visit(documents.Review(sample()), { colorScheme: 'dark' }, async (page) => {
    await page.locator('#actions').getByRole('button').click()
    await page.getByLabel('Filter by Name').first().fill('no such name')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('#actions tbody tr').last().isVisible()).toBe(true)
    expect(await page.locator('#inputs pre').first().isVisible()).toBe(true)
    expect(await page.locator('.contents').isVisible()).toBe(false)
    expect(await page.getByRole('button').count()).toBe(0)
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
  })
})
