import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'

/** Chromium from the system's packages; `CHROMIUM` names another one. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const quiet = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** How Chromium is started here: without a display, and without calls of its own. */
export const launchOptions = {
  executablePath,
  headless: true,
  args: ['--headless', '--no-sandbox', '--disable-gpu', ...quiet],
}

/** What a page did that it should not do. */
export interface Complaint {
  readonly page: string
  readonly what: string
}

/** A browser with a profile of its own, gone after `close`. */
export async function openBrowser(width = 1280) {
  const profile = mkdtempSync(join(tmpdir(), 'flowstead-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions,
    viewport: { width, height: 900 },
  })
  return {
    context,
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Collects errors on the console, errors in scripts, and requests to other origins than the page's own. */
export function watch(page: Page, origin: string): Complaint[] {
  const complaints: Complaint[] = []
  const complain = (what: string) => complaints.push({ page: page.url(), what })
  page.on('console', (message) => {
    if (message.type() === 'error') complain(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complain(`script: ${error.message}`))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol !== 'data:' && url.origin !== origin) complain(`request: ${request.url()}`)
  })
  return complaints
}

/** Opens `start` and what it links to on the same origin, breadth first; gives each path with its status. */
export async function crawl(page: Page, start: string, limit: number): Promise<Map<string, number>> {
  const seen = new Map<string, number>()
  const waiting = [start]
  while (waiting.length > 0 && seen.size < limit) {
    const url = waiting.shift() as string
    if (seen.has(pathOf(url))) continue
    const response = await page.goto(url)
    seen.set(pathOf(url), response?.status() ?? 0)
    const links = await page
      .locator('a[href]')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''))
    const here = page.url()
    const own = links
      .map((link) => new URL(link, here))
      .filter(({ origin }) => origin === new URL(here).origin)
    waiting.push(...own.map(String).filter((link) => !link.endsWith('.json')))
  }
  return seen
}

const pathOf = (url: string): string => new URL(url).pathname
