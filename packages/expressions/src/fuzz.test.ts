import { isFlowsteadError } from '@flowstead/errors'
import { expect, test } from 'vitest'
import { check } from './analysis/check.ts'
import { evaluate } from './compile/expression.ts'
import { drawsFrom, fuzzData, randomExpression } from './fuzz.testing.ts'
import { printJson } from './json/print-json.ts'
import { scopeFromData } from './scope-from-data.ts'
import { parse } from './syntax/parse.ts'
import { print } from './syntax/print.ts'

// `npm run fuzz -- expressions` sets both for the long run.
const count = Number(process.env.FLOWSTEAD_FUZZ_COUNT ?? 4_000)
const seed = Number(process.env.FLOWSTEAD_FUZZ_SEED ?? 1)
const longestMs = 2_000
const mostHeap = 1_500_000_000

test('random and mutated expressions end in a value or a FlowsteadError, in time and memory', () => {
  const draws = drawsFrom(seed)
  const scope = scopeFromData(fuzzData, { now: () => 1_700_000_000_000, random: () => 0.5 })
  const bad: string[] = []
  let values = 0
  for (let index = 0; index < count && bad.length < 20; index++) {
    const text = randomExpression(draws)
    const start = performance.now()
    try {
      const tree = parse(text)
      check(tree)
      if (print(parse(print(tree))) !== print(tree))
        bad.push(`${JSON.stringify(text)} prints as another tree`)
      printJson(evaluate(text, scope))
      values += 1
    } catch (error) {
      if (!isFlowsteadError(error)) bad.push(`${JSON.stringify(text)} threw ${String(error)}`)
    }
    const ms = performance.now() - start
    if (ms > longestMs) bad.push(`${JSON.stringify(text)} took ${Math.round(ms)} ms`)
    if (index % 10_000 === 0 && process.memoryUsage().heapUsed > mostHeap) bad.push(`memory after ${index}`)
  }
  expect(bad).toEqual([])
  // Else the generator makes only nonsense.
  expect(values).toBeGreaterThan(count / 20)
  if (count > 100_000)
    console.log(`${count} expressions from seed ${seed}: ${values} values, ${count - values} errors`)
}, 3_600_000)
