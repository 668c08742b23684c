import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startLocalService } from '@flowstead/server'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchOptions } from './browser.testing.ts'

/** What people do on the pages of the services, in a browser that runs no scripts. */
const data = mkdtempSync(join(tmpdir(), 'flowstead-journeys-'))
let browser: Browser

beforeAll(async () => {
  browser = await chromium.launch(launchOptions)
})
afterAll(async () => {
  await browser.close()
  rmSync(data, { recursive: true, force: true, maxRetries: 5 })
})

async function withService(name: string, journey: (page: Page, url: string) => Promise<void>): Promise<void> {
  const service = await startLocalService(name, { data, port: 0 })
  const context = await browser.newContext({ javaScriptEnabled: false })
  try {
    const page = await context.newPage()
    // As people come: from the readable API to the pages, which ask for the key once.
    await page.goto(`${service.url}/docs`)
    await page.getByRole('link', { name: 'pages' }).click()
    await page.getByLabel('API key').fill(service.key)
    await page.getByRole('button', { name: 'Open' }).click()
    expect(page.url()).toBe(`${service.url}/`)
    await journey(page, service.url)
  } finally {
    await context.close()
    await service.close()
  }
}

describe('without scripts', () => {
  test('a volunteer books a shift and cancels it; the coordinator sees both; each step shows its curl', async () => {
    await withService('vome', async (page, url) => {
      await page.goto(`${url}/volunteer`)
      await page.locator('ul a').first().click()
      const own = page.locator('table').first()
      await page.getByRole('button', { name: 'Book' }).first().click()
      expect(await own.textContent()).toContain('reserved')
      expect(await page.locator('details').first().textContent()).toContain('curl')
      const volunteer = page.url()
      await page.goto(`${url}/coordinator`)
      expect(await page.locator('body').textContent()).toContain('reserved')
      await page.goto(volunteer)
      await page.getByRole('button', { name: 'Cancel' }).first().click()
      expect(await page.locator('body').textContent()).not.toContain('reserved')
    })
  })

  test('leads are searched', async () => {
    await withService('hotprofile', async (page, url) => {
      await page.goto(`${url}/leads`)
      const all = await page.locator('table tr').count()
      await page.goto(`${url}/leads?search%5Bname%5D=no-such-name`)
      expect(await page.locator('table tr').count()).toBeLessThan(all)
      expect(await page.locator('body').textContent()).toContain('curl')
    })
  })

  test('a job moves on the board', async () => {
    await withService('planado', async (page) => {
      const started = page.locator('h2', { hasText: 'started' })
      const before = await page.getByRole('button', { name: 'Pause' }).count()
      expect(await started.count()).toBe(1)
      await page.getByRole('button', { name: 'Start' }).first().click()
      expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(before + 1)
    })
  })

  test('a definition is pasted, and its review is there with its score', async () => {
    await withService('autoreview', async (page, url) => {
      const pasted = {
        triggers: { manual: { type: 'Request', kind: 'Button', inputs: {} } },
        actions: { '<i>Note</i>': { type: 'Compose', inputs: "@outputs('Nothing')" } },
      }
      await page.getByLabel('The definition of a flow').fill(JSON.stringify(pasted, null, 2))
      await page.getByLabel('Name').fill('Pasted <b>flow</b>')
      await page.getByRole('button', { name: 'Review' }).click()
      expect(page.url()).toContain(`${url}/reviews/`)
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Pasted <b>flow</b>')
      const review = (await page.locator('body').textContent()) ?? ''
      expect(review).toContain('<i>Note</i>')
      expect(review).toContain('REF101')
      await page.goto(url)
      const row = page.locator('tr', { hasText: 'Pasted <b>flow</b>' })
      const score = Number(await row.locator('td').nth(1).textContent())
      expect(score).toBeGreaterThan(0)
      expect(score).toBeLessThan(100)
    })
  })

  test('a session is scheduled and cancelled', async () => {
    await withService('phoenix', async (page) => {
      const form = page.locator('form', { has: page.getByRole('button', { name: 'Schedule' }) })
      const fields = {
        title: 'Séance <b>neuve</b>',
        startDate: '2099-06-01T09:00',
        endDate: '2099-06-01T09:30',
      }
      for (const [name, value] of Object.entries(fields))
        await form.locator(`input[name=${name}]`).fill(value)
      await page.getByRole('button', { name: 'Schedule' }).click()
      expect(await page.locator('body').textContent()).toContain('Séance <b>neuve</b>')
      const cancel = page.locator('form', { has: page.getByRole('button', { name: 'Cancel the session' }) })
      await cancel.locator('input[name=cancelationExplanation]').fill('Neige')
      await cancel.getByRole('button').click()
      expect(await page.locator('body').textContent()).toContain('VCSessionCanceledEvent')
    })
  })
})
