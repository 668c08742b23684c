import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from './database.ts'
import type { Driver } from './driver.ts'
import { lockFile } from './lock-file.ts'
import { migrate } from './migrate.ts'

const code = (expected: string) => expect.objectContaining({ code: expected })

/** What every driver has to give, row by row. */
export function databaseContract(driver: Driver): void {
  describe(`SQLite through ${driver.name}`, () => {
    let folder: string
    let db: Database
    const open = (name = 'a.db') => openDatabase(join(folder, name), { driver, busyTimeoutMs: 10 })
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'flowstead-sqlite-'))
      db = open()
      db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b BLOB, r REAL) STRICT')
    })
    afterEach(() => {
      db.close()
      rmSync(folder, { recursive: true, force: true })
    })
    const insert = () => db.prepare('INSERT INTO t (id, a, b, r) VALUES (?, ?, ?, ?)')

    test('get, all and iterate give the same rows, with nothing added', () => {
      expect(insert().run(1, 'Zoë 🌍', new Uint8Array([0, 255]), 1.5)).toEqual({
        changes: 1,
        lastInsertRowid: 1,
      })
      const row = { id: 1, a: 'Zoë 🌍', b: new Uint8Array([0, 255]), r: 1.5 }
      const select = db.prepare('SELECT * FROM t')
      expect(select.get()).toStrictEqual(row)
      expect(select.all()).toStrictEqual([row])
      expect([...select.iterate()]).toStrictEqual([row])
    })

    test('no row is undefined, NULL is null', () => {
      expect(db.prepare('SELECT * FROM t').get()).toBeUndefined()
      expect(db.prepare('SELECT ? AS v').get(null)).toStrictEqual({ v: null })
    })

    test('an integer beyond 2^53 is exact when asked for, else refused', () => {
      insert().run(9007199254740993n, null, null, null)
      const sql = 'SELECT id, 7 AS small FROM t'
      expect(db.prepare(sql, { integers: 'exact' }).get()).toStrictEqual({ id: 9007199254740993n, small: 7 })
      expect(() => db.prepare(sql).get()).toThrow(code('Store.IntegerRange'))
    })

    test.each([[true], [undefined], [Number.NaN], [{}], ['cut\0off']])(
      '%j is refused as a parameter',
      (value) => {
        expect(() => insert().run(1, value as unknown as string, null, null)).toThrow(code('Store.Parameter'))
      },
    )

    test('a statement read in part does not stand in the way of a commit', () => {
      for (let id = 1; id <= 300; id++) insert().run(id, null, null, null)
      db.transaction(() => {
        for (const row of db.prepare<{ id: number }>('SELECT id FROM t').iterate()) if (row.id === 2) break
        expect(db.prepare('INSERT INTO t (id) VALUES (?) RETURNING id').get(301)).toStrictEqual({ id: 301 })
        db.prepare('INSERT INTO t (id) VALUES (?) RETURNING id').run(302)
      })
      expect(db.prepare('SELECT count(*) AS n FROM t').get()).toStrictEqual({ n: 302 })
    })

    test('work that throws leaves nothing, an inner failure leaves the outer work', () => {
      expect(() =>
        db.transaction(() => {
          insert().run(1, null, null, null)
          throw new Error('stop')
        }),
      ).toThrow('stop')
      db.transaction(() => {
        insert().run(2, null, null, null)
        expect(() =>
          db.transaction(() => {
            insert().run(3, null, null, null)
            throw new Error('inner')
          }),
        ).toThrow('inner')
      })
      expect(db.prepare('SELECT id FROM t').all()).toStrictEqual([{ id: 2 }])
    })

    test('asynchronous work is refused and rolled back', () => {
      expect(() => db.transaction(async () => insert().run(1, null, null, null))).toThrow(TypeError)
      expect(db.prepare('SELECT id FROM t').all()).toEqual([])
    })

    test('errors carry a code', () => {
      insert().run(1, null, null, null)
      expect(() => insert().run(1, null, null, null)).toThrow(code('Store.Constraint'))
      expect(() => db.prepare('SELECT nothing FROM nowhere')).toThrow(code('Store.Sql'))
      expect(() => open('none/a.db')).toThrow(code('Store.NotWritable'))
      writeFileSync(join(folder, 'text.db'), 'This is no database. '.repeat(100))
      expect(() => open('text.db')).toThrow(code('Store.Corrupt'))
      db.exec('PRAGMA max_page_count = 3')
      expect(() => insert().run(2, 'x'.repeat(100_000), null, null)).toThrow(code('Store.Full'))
    })

    test('a disk that is full in a transaction takes all of it back', () => {
      db.exec('PRAGMA max_page_count = 8')
      expect(() =>
        db.transaction(() => {
          for (let id = 1; id < 1000; id++) insert().run(id, 'x'.repeat(1000), null, null)
        }),
      ).toThrow(code('Store.Full'))
      expect(db.prepare('SELECT count(*) AS n FROM t').get()).toStrictEqual({ n: 0 })
      db.transaction(() => insert().run(1, null, null, null))
    })

    test('a second writer is told so after the timeout', () => {
      const second = open()
      db.transaction(() => {
        expect(() => second.exec('BEGIN IMMEDIATE')).toThrow(code('Store.Busy'))
      })
      second.close()
    })

    test('a closed database says so', () => {
      const other = open('b.db')
      other.close()
      expect(() => other.exec('SELECT 1')).toThrow(code('Store.Closed'))
    })

    test('commits are durable and a foreign key is enforced', () => {
      expect(db.prepare('PRAGMA journal_mode').get()).toStrictEqual({ journal_mode: 'wal' })
      expect(db.prepare('PRAGMA synchronous').get()).toStrictEqual({ synchronous: 2 })
      expect(db.prepare('PRAGMA foreign_keys').get()).toStrictEqual({ foreign_keys: 1 })
    })

    test('a migration is all or nothing, and a newer schema is refused', () => {
      const steps = ['CREATE TABLE one (id INTEGER)', 'CREATE TABLE two (id INTEGER)']
      const fresh = open('m.db')
      expect(() => migrate(fresh, [...steps, 'CREATE TABLE broken ('])).toThrow(code('Store.Sql'))
      expect(fresh.prepare('SELECT name FROM sqlite_schema').all()).toEqual([])
      expect(migrate(fresh, steps.slice(0, 1))).toEqual({ from: 0, to: 1 })
      expect(migrate(fresh, steps)).toEqual({ from: 1, to: 2 })
      expect(migrate(fresh, steps)).toEqual({ from: 2, to: 2 })
      expect(() => migrate(fresh, [])).toThrow(code('Store.NewerSchema'))
      fresh.close()
    })

    test('a lock is refused to the second and free again after its release', () => {
      const path = join(folder, 'lock.db')
      const first = lockFile(path)
      expect(() => lockFile(path)).toThrow(code('Store.Locked'))
      first.release()
      first.release()
      lockFile(path).release()
    })
  })
}
