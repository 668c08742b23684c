import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { FlowsteadError, quoted } from '@flowstead/errors'

/** A file as people named it, with what is in it. */
export interface FlowFile {
  readonly name: string
  readonly bytes: Uint8Array
}

const readable = /\.(json|zip)$/i
/** Files of an unpacked solution that name its flows and say what lies beside them. */
const sideFile =
  /(^|[/\\])(solution\.xml|customizations\.xml|environmentvariabledefinition\.xml|[^/\\]+\.data\.xml)$/i

/**
 * The files that `paths` name; of a folder every `.json` and `.zip` at any depth with the side files of unpacked
 * solutions, without hidden folders and `node_modules`.
 * @throws `Cli.Unreadable`
 */
export function readFlowPaths(paths: readonly string[], cwd: string): FlowFile[] {
  return paths.flatMap((path) => {
    const full = resolve(cwd, path)
    return reading(path, () =>
      statSync(full).isDirectory() ? readFolder(path, full) : [readOne(path, full)],
    )
  })
}

function readFolder(path: string, full: string): FlowFile[] {
  const files = walk(full).filter((file) => readable.test(file) || sideFile.test(file))
  if (!files.some((file) => readable.test(file))) {
    throw new FlowsteadError('Cli.Unreadable', `The folder ${quoted(path)} holds no .json and no .zip file.`)
  }
  return files.map((file) => readOne(join(path, relative(full, file)), file))
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return walk(path)
      return entry.isFile() ? [path] : []
    })
}

/** Names in messages use slashes on every platform. */
function readOne(path: string, full: string): FlowFile {
  return { name: path.replaceAll('\\', '/'), bytes: readFileSync(full) }
}

function reading<Result>(path: string, read: () => Result): Result {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof FlowsteadError) throw cause
    const code = (cause as NodeJS.ErrnoException).code
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? String(cause)})`
    throw new FlowsteadError('Cli.Unreadable', `${quoted(path)} ${why}.`, { cause })
  }
}
