import { expect, test } from 'vitest'
import { setMembers } from './set-member.ts'

test('members are set at any depth, without changing the base', () => {
  const base = { user: { name: 'Ana' } }
  expect(setMembers(base, ['user.age=7', 'user.tags=["a"]', 'note=a=b'])).toEqual({
    user: { name: 'Ana', age: 7, tags: ['a'] },
    note: 'a=b',
  })
  expect(base).toEqual({ user: { name: 'Ana' } })
})

test('__proto__ is an ordinary member', () => {
  const value = setMembers(undefined, ['__proto__.polluted=1']) as object
  expect(Object.keys(value)).toEqual(['__proto__'])
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

test('a text without a member name is wrong usage', () => {
  expect(() => setMembers({}, ['=1'])).toThrow(expect.objectContaining({ code: 'Cli.Usage' }))
})

test('nothing to set leaves the base as it is', () => {
  expect(setMembers(undefined, [])).toBeUndefined()
})
