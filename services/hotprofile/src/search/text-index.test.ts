import { libsqlDriver, migrate, nodeDriver, openDatabase } from '@flowstead/sqlite'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { steps } from '../schema.ts'
import { indexTexts, matchingIds } from './text-index.ts'
import { containing } from './windows.ts'

const drivers = [libsqlDriver(), nodeDriver()].flatMap((driver) => (driver === undefined ? [] : [driver]))

/** Few characters, so that parts repeat; with those that SQLite, FTS5 and the windows treat specially. */
const character = fc.constantFrom(...'abAB1山田éÉ -"*%_\\\n😀\ue000\ue020\ue061\ue080\uf8ff')
const text = (most: number) => fc.array(character, { maxLength: most }).map((all) => all.join(''))
const folded = (given: string) => given.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())

describe.each(drivers)('the index with $name', (driver) => {
  const open = (taken = steps) => {
    const db = openDatabase(':memory:', { driver })
    migrate(db, taken)
    return db
  }
  const client = 'INSERT INTO clients (name, name_disp, created_at, updated_at) VALUES (?, ?, 0, 0)'
  const search = `${matchingIds('clients')} ORDER BY rowid`

  test('finds a part exactly where it occurs, whatever its length', () => {
    const db = open()
    const searched = db.prepare<{ rowid: number }>(search)
    fc.assert(
      fc.property(fc.array(text(8), { minLength: 1, maxLength: 8 }), text(5), (names, part) => {
        fc.pre(part !== '')
        db.exec('DELETE FROM clients; DELETE FROM clients_text')
        const ids = names.map((name) => Number(db.prepare(client).run(name, part).lastInsertRowid))
        indexTexts(db)
        const expected = ids.filter((_, index) => folded(names[index] ?? '').includes(folded(part)))
        expect(searched.all(`name : ${containing(part)}`).map(({ rowid }) => rowid)).toEqual(expected)
      }),
      { numRuns: 300 },
    )
    db.close()
  })

  test('follows a change and keeps no earlier text', () => {
    const db = open()
    db.prepare(client).run('株式会社みらい', 'みらい')
    indexTexts(db)
    db.exec("UPDATE clients SET name = '山田農園'")
    indexTexts(db)
    const found = (part: string) => db.prepare(search).all(`name : ${containing(part)}`).length
    expect([found('みらい'), found('田農'), found('園')]).toEqual([0, 1, 1])
    db.close()
  })

  test('holds what was written before there was one', () => {
    const db = open(steps.slice(0, 1))
    db.prepare(client).run('Lefèvre', 'L')
    migrate(db, steps)
    indexTexts(db)
    expect(db.prepare(search).all(`name : ${containing('fèv')}`)).toHaveLength(1)
    db.close()
  })

  test('answers a part of 3,000 characters', () => {
    const db = open()
    const long = 'あいうえお'.repeat(600)
    db.prepare(client).run(long, '')
    indexTexts(db)
    const found = (part: string) => db.prepare(search).all(`name : ${containing(part)}`).length
    expect([found(long), found(`${long.slice(1)}x`)]).toEqual([1, 0])
    db.close()
  })
})
