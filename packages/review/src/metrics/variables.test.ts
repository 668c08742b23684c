import { describe, expect, test } from 'vitest'
import { defaultConfig } from '../config/defaults.ts'
import type { ReviewConfig } from '../config/scoring-config.ts'
import { dataOfExample, measureExample, variable } from './measured.testing.ts'
import type { Profile } from './metrics.ts'

const profiles: readonly Profile[] = ['documented', 'as-shipped']

describe('the prefix', () => {
  /** Name, type, whether it passes as documented and as shipped. */
  test.each([
    ['sName', 'string', true, true],
    ['name', 'string', false, false],
    ['SName', 'string', false, false],
    ['iCount', 'integer', true, true],
    ['iCount', 'Integer', true, false],
    ['bDone', 'boolean', true, true],
    ['fPart', 'float', true, true],
    ['oRow', 'object', true, true],
    ['aRows', 'Array', true, false],
    ['anything', 'mystery', true, false],
  ])('%s of type %s', (name, type, documented, asShipped) => {
    const example = { actions: { Init: variable(name, type) } }
    expect(profiles.map((profile) => measureExample(example, profile).metrics.flags.varNaming)).toEqual([
      documented,
      asShipped,
    ])
  })

  test('may be of several letters', () => {
    const naming = { ...defaultConfig.naming, char: 3, entries: [{ type: 'string', letter: 'str' }] }
    const config: ReviewConfig = { ...defaultConfig, naming }
    const flags = (name: string) =>
      measureExample({ actions: { Init: variable(name, 'string') } }, 'documented', config).metrics.flags
    expect(flags('strName').varNaming).toBe(true)
    expect(flags('sName').varNaming).toBe(false)
  })

  test('is not looked at when no type has letters', () => {
    const config: ReviewConfig = { ...defaultConfig, naming: { ...defaultConfig.naming, entries: [] } }
    const example = { actions: { Init: variable('whatever', 'string') } }
    expect(measureExample(example, 'documented', config).metrics.flags.varNaming).toBe(true)
    expect(measureExample(example, 'as-shipped', config).metrics.flags.varNaming).toBe(false)
  })
})

describe('a constant', () => {
  test.each([
    ['sTIMESTAMP', 'now', true],
    ['sTIMESTAMp', 'now', true],
    ['sTimestamp', 'now', false],
    ['sName', '', true],
    ['sName', null, true],
    ['sName', undefined, true],
    ['iCount', 0, true],
    ['bDone', false, true],
    ['bDone', true, false],
    ['aRows', [], true],
    ['aRows', [0], false],
    ['oRow', {}, false],
    ['s1', 'two letters', true],
    ['i', 5, false],
    ['I', 5, true],
  ])('%s with the start value %j', (name, value, passes) => {
    const example = { actions: { Init: variable(name, 'string', value) } }
    for (const profile of profiles)
      expect(measureExample(example, profile).metrics.flags.varNameConsts).toBe(passes)
  })
})

describe('use', () => {
  const used = (actions: object): boolean[] =>
    profiles.map(
      (profile) =>
        measureExample({ actions: { Init: variable('sName', 'string'), ...actions } }, profile).metrics.flags
          .varNameUse,
    )

  test('nobody uses it', () => {
    expect(used({})).toEqual([false, false])
  })

  test('an expression reads it', () => {
    expect(used({ Read: { type: 'Compose', inputs: "@variables('sName')" } })).toEqual([true, true])
  })

  test('an action writes it', () => {
    expect(used({ Write: { type: 'SetVariable', inputs: { name: 'sName', value: 'x' } } })).toEqual([
      true,
      true,
    ])
  })

  test('its letters stand in another word', () => {
    expect(used({ Other: { type: 'Compose', inputs: 'lastsNames' } })).toEqual([false, true])
  })

  test('only another start value reads it', () => {
    expect(used({ Next: variable('sOther', 'string', "@variables('sName')") })).toEqual([false, false])
    const { variableArray } = dataOfExample({
      actions: {
        Init: variable('sName', 'string'),
        Next: variable('sOther', 'string', "@{variables('sName')}"),
      },
    })
    expect(variableArray.map(({ used: isUsed }) => isUsed)).toEqual([true, false])
  })

  test('the condition of a loop reads it', () => {
    const loop = { type: 'Until', expression: "@equals(variables('sName'), 'x')", actions: {} }
    expect(used({ Loop: loop })).toEqual([true, true])
  })

  test('a retry policy or the list of a scope is not in the text the product looks at', () => {
    const action = { type: 'Compose', inputs: 1, runtimeConfiguration: { note: "@variables('sName')" } }
    expect(used({ Odd: action })).toEqual([true, false])
  })

  test('a name that is computed may be any', () => {
    expect(used({ Read: { type: 'Compose', inputs: "@variables(concat('s', 'Name'))" } })).toEqual([
      true,
      false,
    ])
  })
})

test('all variables of one action count as documented, the first one as shipped', () => {
  const inputs = {
    variables: [
      { name: 'sOne', type: 'string' },
      { name: 'two', type: 'string' },
    ],
  }
  const example = { actions: { Init: { type: 'InitializeVariable', inputs } } }
  expect(measureExample(example).metrics).toMatchObject({ variables: 2, flags: { varNaming: false } })
  expect(measureExample(example, 'as-shipped').metrics).toMatchObject({
    variables: 1,
    flags: { varNaming: true },
  })
})

test('without variables every flag about them is true', () => {
  for (const profile of profiles)
    expect(measureExample({}, profile).metrics.flags).toMatchObject({
      varNaming: true,
      varNameConsts: true,
      varNameUse: true,
    })
})
