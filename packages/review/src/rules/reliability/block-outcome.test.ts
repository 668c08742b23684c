import { describe, expect, test } from 'vitest'
import { readExample } from '../example-flow.ts'
import { outcomesOf } from './block-outcome.ts'

const part = (runAfter: object = {}): object => ({ type: 'Compose', runAfter, inputs: 1 })

function follow(actions: object, failing: string) {
  const block = readExample({ actions }).flows[0]?.root
  if (block === undefined) throw new Error('The example holds no flow.')
  const outcome = outcomesOf(block)(block.actions.find(({ name }) => name === failing))
  return { status: outcome?.status, responding: outcome?.responding.map(({ name }) => name) }
}

describe('what runs when an action fails (1, 2)', () => {
  test('nothing that waits for success, and nothing behind it', () => {
    const actions = { A: part(), B: part({ A: ['Succeeded'] }), C: part({ B: ['Succeeded'] }) }
    expect(follow(actions, 'A')).toEqual({ status: 'Failed', responding: [] })
  })

  test('a handler of a later action, when it also takes Skipped', () => {
    const actions = { A: part(), B: part({ A: ['Succeeded'] }), C: part({ B: ['Failed', 'Skipped'] }) }
    expect(follow(actions, 'A')).toEqual({ status: 'Succeeded', responding: ['C'] })
  })

  test('a handler and what follows it, but not what runs beside', () => {
    const actions = { A: part(), B: part({ A: ['Failed'] }), C: part({ B: ['Succeeded'] }), D: part() }
    expect(follow(actions, 'A').responding).toEqual(['B', 'C'])
  })
})

describe('how the block ends (3)', () => {
  test('as Succeeded, when the only leaf is the handler', () => {
    expect(follow({ A: part(), B: part({ A: ['Failed'] }) }, 'A').status).toBe('Succeeded')
  })

  test('as Failed, when a success handler beside it was skipped', () => {
    const actions = { A: part(), Good: part({ A: ['Succeeded'] }), Bad: part({ A: ['Failed'] }) }
    expect(follow(actions, 'A').status).toBe('Failed')
  })

  test('as Succeeded, when both handlers are joined by one that takes both', () => {
    const actions = {
      A: part(),
      Good: part({ A: ['Succeeded'] }),
      Bad: part({ A: ['Failed'] }),
      End: part({ Good: ['Succeeded', 'Skipped'], Bad: ['Succeeded', 'Skipped'] }),
    }
    expect(follow(actions, 'A').status).toBe('Succeeded')
  })
})

test('a circle never runs and ends (4)', () => {
  const actions = { A: part({ B: ['Succeeded'] }), B: part({ A: ['Succeeded'] }), C: part() }
  expect(follow(actions, 'C')).toEqual({ status: 'Failed', responding: [] })
})
