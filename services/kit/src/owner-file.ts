/** `service.json` beside the database: how tools on this machine find a service and its owner's key. */
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

export interface OwnerFile {
  readonly name: string
  /** null while the service is stopped, like `pid`. */
  readonly url: string | null
  readonly pid: number | null
  readonly key: string
  /** Ports of listeners besides HTTP. */
  readonly ports: Readonly<Record<string, number>>
}

const ownerOnly = 0o600

/** The owner's key from an earlier start; `undefined` when the file is absent or unreadable. */
export function readOwnerKey(path: string): string | undefined {
  if (!existsSync(path)) return undefined
  try {
    const { key } = JSON.parse(readFileSync(path, 'utf8')) as { key?: unknown }
    return typeof key === 'string' ? key : undefined
  } catch {
    // A damaged file is replaced: the owner gets a new key, the old one is revoked.
    return undefined
  }
}

/** Writes the file whole or not at all, readable by its owner only. */
export function writeOwnerFile(path: string, content: OwnerFile): void {
  const draft = `${path}.new`
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: ownerOnly })
  chmodSync(draft, ownerOnly)
  renameSync(draft, path)
}
