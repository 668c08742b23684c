import { describe, expect, test } from 'vitest'
import { FlowsteadError, isFlowsteadError, quoted } from './index.ts'

describe('FlowsteadError', () => {
  test('leaves the process with code, place and hint, without cause or stack', () => {
    const error = new FlowsteadError('Definition.NotJson', 'The file is not JSON.', {
      path: '/definition',
      hint: 'Check the brackets.',
      cause: new Error('inner'),
    })
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: 'Definition.NotJson',
      message: 'The file is not JSON.',
      path: '/definition',
      hint: 'Check the brackets.',
    })
    expect(isFlowsteadError(error)).toBe(true)
  })

  test('a long offending value is shortened', () => {
    expect(quoted('x'.repeat(100)).length).toBeLessThan(70)
    expect(quoted(undefined)).toBe('"undefined"')
    expect(quoted([-9007199254740992n])).toBe('"["-9007199254740992"]"')
  })
})
