import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { posixWord, windowsWord } from './shell-word.ts'

test.skipIf(process.platform === 'win32')('a POSIX shell gives every word back', () => {
  const words = ['plain', 'with blank', `it's`, '{"name":"Ана $HOME"}', '@.flowstead/x', '`id`', '\\n']
  const printed = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${words.map(posixWord).join(' ')}`], {
    encoding: 'utf8',
  })
  expect(printed.split('\0').slice(0, -1)).toEqual(words)
})

test('quotes are escaped for a command prompt', () => {
  expect(windowsWord('{"name":"Ana N"}')).toBe(String.raw`"{\"name\":\"Ana N\"}"`)
  expect(windowsWord('http://127.0.0.1:7281/api')).toBe('http://127.0.0.1:7281/api')
})
