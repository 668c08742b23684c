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

/** What an earlier start left; `undefined` when the file is absent or unreadable. */
export function readOwnerFile(
  path: string,
): { readonly key: string; readonly url: string | undefined } | undefined {
  if (!existsSync(path)) return undefined
  try {
    const { key, url } = JSON.parse(readFileSync(path, 'utf8')) as { key?: unknown; url?: unknown }
    return typeof key === 'string' ? { key, url: typeof url === 'string' ? url : undefined } : undefined
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
