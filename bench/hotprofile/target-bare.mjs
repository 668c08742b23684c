// The floor: Fastify with one SQLite table of the same driver and durability; reads a row by its key, adds a row.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@flowstead/sqlite'
import Fastify from 'fastify'

const rows = 100_000
const folder = mkdtempSync(join(tmpdir(), 'flowstead-bench-'))
const db = openDatabase(join(folder, 'bare.db'))
db.exec(
  'CREATE TABLE cards (id INTEGER PRIMARY KEY, family_name TEXT, first_name TEXT, email TEXT, note TEXT)',
)
const insert = db.prepare('INSERT INTO cards (family_name, first_name, email, note) VALUES (?, ?, ?, ?)')
const values = ['山田', '太郎', 'taro@example.co.jp', '展示会の二日目に交換。来月に訪問する予定。']
db.transaction(() => {
  for (let n = 0; n < rows; n++) insert.run(...values)
})
const find = db.prepare('SELECT * FROM cards WHERE id = ?')
const app = Fastify()
app.post('/read', async (request) => find.get(Number(request.query.id)))
app.post('/create', async (request) => {
  const { family_name, first_name, email, note } = request.query
  return { id: Number(insert.run(family_name, first_name, email, note).lastInsertRowid) }
})
await app.listen({ host: '127.0.0.1', port: 0 })
process.send({ ready: { port: app.server.address().port } })
process.on('disconnect', async () => {
  await app.close()
  db.close()
  rmSync(folder, { recursive: true, force: true })
  process.exit()
})
