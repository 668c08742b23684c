import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { curlDetails, curlOf } from './index.ts'

const call = {
  method: 'post',
  url: "http://127.0.0.1:7281/api/l'heure?a=$HOME&b=`id`",
  keyHeader: 'X-API-Key: $VOME_KEY',
}

/** What a shell hands to curl. */
function wordsOf(command: string): string[] {
  const script = `curl() { node -p 'JSON.stringify(process.argv.slice(1))' -- "$@"; }\n${command}`
  const env = { ...process.env, VOME_KEY: 'secret' }
  return JSON.parse(execFileSync('sh', ['-c', script], { env, encoding: 'utf8' })) as string[]
}

describe.skipIf(process.platform === 'win32')('a call for a shell', () => {
  test('puts the key into the query where a service takes it there', () => {
    const url = 'http://127.0.0.1:7282/x?a=1'
    expect(wordsOf(curlOf({ method: 'post', url, keyQuery: '&api_key=$VOME_KEY' }))).toEqual([
      ...['-X', 'POST', `${url}&api_key=secret`],
    ])
  })

  test('is read by it word for word, with the key out of its variable', () => {
    const body = { note: `"it's" $HOME \`id\` \\` }
    expect(wordsOf(curlOf({ ...call, body }))).toEqual([
      ...['-X', 'POST', call.url, '-H', 'X-API-Key: secret'],
      ...['-H', 'Content-Type: application/json', '-d', JSON.stringify(body)],
    ])
  })

  test('without a body sends none', () => {
    expect(wordsOf(curlOf(call))).toEqual(['-X', 'POST', call.url, '-H', 'X-API-Key: secret'])
  })
})

test('a call on a page is escaped', () => {
  expect(curlDetails({ ...call, body: '</pre><script>' }).html).toContain('&lt;/pre&gt;&lt;script&gt;')
})
