import { printJson, type Value } from '@flowstead/expressions'
import { describe, expect, test } from 'vitest'
import { compileFlow } from './compile.ts'
import { goldenFlow, goldenJournals } from './golden-journal.testing.ts'
import { history, type RunHistory } from './history.ts'
import { replay } from './replay.ts'
import { hasEnded } from './state.ts'

describe('journals recorded by releases replay to the history they showed', () => {
  test.each(goldenJournals())('$release: $name', (golden) => {
    const plan = compileFlow(goldenFlow(golden))
    expect(hasEnded(replay(plan, golden.journal))).toBe(true)
    expect(withoutWording(history(plan, golden.journal))).toMatchObject(withoutWording(golden.history))
  })
})

/** Wording may get better and facts may be added; statuses, codes and values may not change. */
function withoutWording(told: RunHistory): object {
  const text = printJson(told as unknown as Value)
  return JSON.parse(text, function (this: object, key, value) {
    return key === 'message' && Object.hasOwn(this, 'code') ? undefined : value
  })
}
