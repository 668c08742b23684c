import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type FlowReview, renderReview, review, rowLinks } from '@flowstead/review'
import { renderDiagram } from '@flowstead/review/diagram'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchOptions } from './browser.testing.ts'

/** The ten reviews that are kept, as pages; `GOLDEN_SCREENSHOTS` names a folder that gets a picture of each. */
const pictures = process.env.GOLDEN_SCREENSHOTS
const conformance = fileURLToPath(new URL('../../conformance/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'flowstead-goldens-'))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Pictures are cut off below. */
const maxHeight = 2_000
let browser: Browser

interface Golden {
  readonly name: string
  readonly files: readonly string[]
  readonly flow?: string
}

const { goldens } = JSON.parse(readFileSync(`${conformance}review/goldens/index.json`, 'utf8')) as {
  goldens: readonly Golden[]
}

beforeAll(async () => {
  browser = await chromium.launch(launchOptions)
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true })
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

function reviewOf({ name, files, flow }: Golden): FlowReview {
  const given = files.map((file) => ({
    name: file,
    bytes: new Uint8Array(readFileSync(`${conformance}corpus/${file}`)),
  }))
  const found = review(given).flows.find((each) => flow === undefined || each.flow.name === flow)
  if (found === undefined) throw new Error(`There is no such flow: ${name}.`)
  return found
}

function pageOf(one: FlowReview): string {
  const diagram = renderDiagram(one.flow, { findings: one.findings, linkTo: rowLinks(one) })
  return renderReview(one, { date: '2025-03-04', diagram })
}

/** Opens a page and tells what it asked of others and complained about. */
async function visit(file: string, width: number, look: (page: Page) => Promise<void>): Promise<string[]> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: 'light' })
  const complaints: string[] = []
  try {
    const page = await context.newPage()
    const url = pathToFileURL(file).href
    page.on('request', (request) => {
      if (request.url() !== url && !request.url().startsWith('data:'))
        complaints.push(`request: ${request.url()}`)
    })
    page.on('console', (message) => complaints.push(`console: ${message.text()}`))
    page.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
    await page.goto(url)
    await look(page)
  } finally {
    await context.close()
  }
  return complaints
}

interface AxeResult {
  readonly violations: readonly { id: string; impact: string; nodes: readonly { html: string }[] }[]
}

async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const { violations } = await page.evaluate<AxeResult>('axe.run(document, { resultTypes: ["violations"] })')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 120))}`)
}

async function keepPicture(page: Page, name: string, width: number): Promise<void> {
  const height = Math.min(maxHeight, await page.evaluate<number>('document.documentElement.scrollHeight'))
  const clip = { x: 0, y: 0, width, height }
  await page.screenshot({ path: join(pictures ?? folder, `${name}-${width}.png`), clip, fullPage: true })
}

describe.each(goldens)('the Review of $name', (golden) => {
  const file = join(folder, `${golden.name}.html`)
  writeFileSync(file, pageOf(reviewOf(golden)))

  test('shows where the flow begins, however narrow the screen', async () => {
    await visit(file, 380, async (page) => {
      const trigger = page.locator('.drawing [data-kind=trigger]').first()
      const { x, width } = (await trigger.boundingBox()) ?? { x: -1, width: 0 }
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x + width).toBeLessThanOrEqual(380)
    })
  })

  test.each([1280, 380])('fits %i pixels, loads nothing, and has no barrier', async (width) => {
    const complaints = await visit(file, width, async (page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      if (pictures !== undefined) await keepPicture(page, golden.name, width)
      expect(await barriers(page)).toEqual([])
    })
    expect(complaints).toEqual([])
  })
})
