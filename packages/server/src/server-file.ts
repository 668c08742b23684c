import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a running server tells local tools; the file is readable by its owner only. */
export interface ServerFile {
  readonly url: string
  readonly pid: number
  readonly token: string
}

/** Tells local tools where the server is. */
export function writeServerFile(path: string, file: ServerFile): void {
  writeFileSync(join(path, 'server.json'), `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 })
}

/** Where the server on this data folder is; `undefined` when none says so. */
export function readServerFile(path: string): ServerFile | undefined {
  try {
    const { url, pid, token } = JSON.parse(readFileSync(join(path, 'server.json'), 'utf8')) as Record<
      string,
      unknown
    >
    if (typeof url === 'string' && typeof pid === 'number' && typeof token === 'string')
      return { url, pid, token }
  } catch {
    // No file, or one that was cut off by a crash: nobody to talk to.
  }
  return undefined
}
