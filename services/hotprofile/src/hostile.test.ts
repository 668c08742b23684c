/** Whatever is sent, the answer is a success or a 4xx that names the parameter; never a failure of ours. */
import { expect, test } from 'vitest'
import { hostileInputs, oddAnswer } from './hostile.testing.ts'
import { startHotprofile } from './hotprofile.testing.ts'

/** `scripts/torture/hotprofile-hostile.mjs` asks for more, and for other ones. */
const count = Number(process.env.FLOWSTEAD_FUZZ_COUNT ?? 614)
const seed = Number(process.env.FLOWSTEAD_FUZZ_SEED ?? 307)

test(`${count} hostile inputs, each parameter in turn`, { timeout: 60_000 + count * 20 }, async () => {
  const hotprofile = await startHotprofile({ throttle: { calls: 10 * count, seconds: 60 } })
  const odd: string[] = []
  for (const input of hostileInputs(count, seed)) {
    const answer = await oddAnswer(hotprofile, input)
    if (answer !== undefined) odd.push(answer)
  }
  expect(odd).toEqual([])
  for (const plural of ['clients', 'leads', 'business_cards'] as const) {
    const { pages, rows } = await hotprofile.list(plural)
    expect(rows.length).toBe(Math.min(20, pages.total_count ?? 0))
  }
  await hotprofile.close()
})
