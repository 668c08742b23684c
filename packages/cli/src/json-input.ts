import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { FlowsteadError, quoted } from '@flowstead/errors'
import { parseJson, type Value } from '@flowstead/expressions'
import type { Io } from './io.ts'

/**
 * JSON from a file, or from standard input for `-`.
 * @throws `Cli.Unreadable`
 */
export async function readJsonInput(path: string, io: Io): Promise<Value> {
  const text = path === '-' ? await io.readStdin() : readText(path, io)
  try {
    return parseJson(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new FlowsteadError('Cli.Unreadable', `${quoted(path)} is not JSON: ${(cause as Error).message}`, {
      cause,
    })
  }
}

function readText(path: string, io: Io): string {
  try {
    return readFileSync(resolve(io.cwd, path), 'utf8')
  } catch (cause) {
    throw new FlowsteadError('Cli.Unreadable', `${quoted(path)} cannot be read.`, { cause })
  }
}
