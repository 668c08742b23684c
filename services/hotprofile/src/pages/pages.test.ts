import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startHotprofile, type TestHotprofile } from '../hotprofile.testing.ts'

let hotprofile: TestHotprofile
beforeAll(async () => {
  hotprofile = await startHotprofile()
})
afterAll(() => hotprofile.close())

const headers = () => ({ cookie: `flowstead_hotprofile=${hotprofile.key}` })
const show = async (url: string) => (await hotprofile.app.inject({ url, headers: headers() })).body
const send = (url: string, form: Record<string, string>) =>
  hotprofile.app.inject({
    method: 'POST',
    url,
    headers: { ...headers(), 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  })
const query = (given: Record<string, string>) => String(new URLSearchParams(given))

describe('the pages', () => {
  test.each([
    ['/', { 'search[family_name]': '山田' }, '太郎', 'Иванова'],
    ['/clients', { 'search[name]': 'kavárna' }, 'Žlutý kůň', 'みらい商事'],
    ['/leads', { 'search[multiple]': 'jana praha' }, 'Nováková', '山田'],
  ])('%s lists all, and what a search finds', async (path, search, found, other) => {
    const all = await show(path)
    expect([all.includes(found), all.includes(other)]).toEqual([true, true])
    const some = (await show(`${path}?${query(search)}`)).split('<table>')[1]
    expect([some?.includes(found), some?.includes(other)]).toEqual([true, false])
  })

  test('turn over, and keep the search', async () => {
    const first = await show(`/leads?${query({ 'page[display_number]': '2', 'search[role_id]': '2' })}`)
    expect(first).toContain('3 found, page 1 of 2.')
    const next = /href="(\?[^"]*)">Next/.exec(first)?.[1]?.replaceAll('&amp;', '&')
    const second = await show(`/leads${next}`)
    expect(second).toContain('Мария')
    expect(second).toContain('Previous')
  })

  test('say what is wrong with a search', async () => {
    const text = await show(`/clients?${query({ 'search[from_id]': 'x' })}`)
    expect(text).toContain('&quot;search[from_id]&quot; must be an integer')
  })

  test('register a record and change it', async () => {
    const made = await send('/clients/new', {
      name: '<b>Růže & co</b>',
      name_disp: 'Růže',
      pref_id: '13',
      zip: '',
    })
    expect(made.statusCode).toBe(303)
    const place = String(made.headers.location)
    const shown = await show(place)
    expect(shown).toContain('value="&lt;b&gt;Růže &amp; co&lt;/b&gt;"')
    expect(shown).toContain('<option value="13" selected>東京都')
    expect((await send(place, { name: 'Růže', name_disp: 'R', note: 'Nový' })).headers.location).toBe(place)
    const { rows } = await hotprofile.list('clients', { 'search[note]': 'Nový' })
    expect(rows).toMatchObject([{ name: 'Růže', name_disp: 'R', pref: '東京都' }])
  })

  test('refuse what the API refuses, and change nothing', async () => {
    const before = await hotprofile.list('leads')
    const refused = await send('/leads/1', { client_id: '99', family_name: '' })
    expect([refused.statusCode, refused.body.includes('&quot;family_name&quot; is required')]).toEqual([
      400,
      true,
    ])
    expect((await send('/leads/new', {})).statusCode).toBe(400)
    expect((await send('/leads/99', { client_id: '1' })).statusCode).toBe(404)
    expect(await show('/leads/99')).toContain('There is no lead')
    expect(await hotprofile.list('leads')).toEqual(before)
  })

  test('need a key', async () => {
    for (const url of ['/', '/clients', '/leads', '/leads/1', '/leads/new']) {
      expect((await hotprofile.app.inject({ url })).statusCode).toBe(401)
    }
    expect((await hotprofile.app.inject({ method: 'POST', url: '/leads/1' })).statusCode).toBe(401)
  })

  test.skipIf(process.platform === 'win32')('show a curl that answers the same', async () => {
    const search = { 'search[client_name]': "みらい 'x", 'order[type]': 'desc' }
    const pages = ['/leads?search[name]=太郎', '/leads/new', '/clients/3', `/?${query(search)}`]
    for (const path of pages) {
      const text = /<pre>(.*?)<\/pre>/s.exec(await show(encodeURI(path)))?.[1] ?? ''
      const entities: Record<string, string> = { '&quot;': '"', '&#39;': "'", '&amp;': '&' }
      const curl = text.replaceAll(/&(quot|#39|amp);/g, (entity) => entities[entity] ?? entity)
      const words = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }\n${curl}`], {
        env: { ...process.env, HOTPROFILE_KEY: hotprofile.key },
        encoding: 'utf8',
      }).split('\n')
      expect(words.slice(0, 2)).toEqual(['-X', 'POST'])
      const url = new URL(words[2] ?? '')
      const answer = await hotprofile.app.inject({ method: 'POST', url: url.pathname + url.search })
      expect([path, answer.statusCode]).toEqual([path, 200])
    }
  })
})
