// The service with 100,000 cards and as many leads on disk, without throttle.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hotprofileService } from '@flowstead/service-hotprofile'
import { startService } from '@flowstead/service-kit'
import { writeRecords } from './records.mjs'

const folder = mkdtempSync(join(tmpdir(), 'flowstead-bench-'))
const start = () => startService(hotprofileService, { folder, port: 0, throttle: 'off' })
const empty = await start()
await empty.close()
writeRecords(join(folder, 'hotprofile.db'))
const { close, key, port } = await start()
// The first search makes the index of what was written behind the service's back.
await fetch(`http://127.0.0.1:${port}/rest_api/v1/business_cards/get_entry_list?api_key=${key}`, {
  method: 'POST',
})
process.send({ ready: { port, key } })
process.on('disconnect', async () => {
  await close()
  rmSync(folder, { recursive: true, force: true })
  process.exit()
})
