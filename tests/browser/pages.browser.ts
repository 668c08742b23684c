import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProject, localServices, type RunningServer, startServer } from '@flowstead/server'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { crawl, openBrowser, watch } from './browser.testing.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const data = mkdtempSync(join(tmpdir(), 'flowstead-pages-'))
let server: RunningServer
let browser: { context: BrowserContext; close(): Promise<void> }

beforeAll(async () => {
  const project = findProject(root)
  server = await startServer({ project, data, mode: 'dev', port: 0, servicePorts: 'any' })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.close()
  rmSync(data, { recursive: true, force: true, maxRetries: 5 })
})

async function signInLink(to: string): Promise<string> {
  const response = await fetch(`${server.url}/api/links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ to }),
  })
  return ((await response.json()) as { url: string }).url
}

const failures = (seen: ReadonlyMap<string, number>) => [...seen].filter(([, status]) => status !== 200)

describe('the events of the server', () => {
  test('open by a link, each with its page, without a complaint', async () => {
    const page = await browser.context.newPage()
    const complaints = watch(page, server.url)
    await page.goto(await signInLink('/events'))
    const seen = await crawl(page, `${server.url}/events`, 60)
    expect(failures(seen)).toEqual([])
    expect(seen.size).toBe(1 + 13 + 16 + 6)
    expect(complaints).toEqual([])
    await page.close()
  })

  test.each([1280, 380])('are readable at %i pixels', async (width) => {
    const page = await browser.context.newPage()
    await page.setViewportSize({ width, height: 900 })
    await page.goto(await signInLink('/events/VCSessionScheduledEvent'))
    for (const path of ['/events', '/events/reservation.created', '/events/VCSessionScheduledEvent']) {
      await page.goto(server.url + path)
      // What is wider scrolls within its own box.
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      expect(await page.locator('svg [data-kind=event]').first().isVisible()).toBe(true)
    }
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('VCSessionScheduledEvent')
    expect(await page.getByText('Original, as published').isVisible()).toBe(true)
    await page.close()
  })
})

describe.each(localServices.map(({ name }) => name))('the service %s', (name) => {
  test('has pages that work without a complaint', async () => {
    const service = server.services.find((one) => one.name === name)
    if (service === undefined) throw new Error(`${name} does not run`)
    const page = await browser.context.newPage()
    const complaints = watch(page, service.url)
    await page.goto(`${service.url}/docs`)
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    const hasPages = (await fetch(`${service.url}/?api_key=${service.key}`)).status === 200
    if (hasPages) {
      await page.goto(`${service.url}/?api_key=${service.key}`)
      expect(page.url()).not.toContain(service.key)
      expect(failures(await crawl(page, `${service.url}/`, 12))).toEqual([])
    }
    expect(complaints).toEqual([])
    await page.close()
  })
})
