import { defineConfig } from 'vitest/config'

const conditions = ['flowstead-source']

/** Journeys in a real browser, apart from the other tests because they need Chromium. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['tests/browser/**/*.browser.ts'],
    pool: 'threads',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
