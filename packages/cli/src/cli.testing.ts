import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { expect, onTestFinished } from 'vitest'
import type { Interrupt, Io } from './io.ts'
import { main } from './main.ts'

export interface CliSettings {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  readonly platform?: NodeJS.Platform
  /** What a person answers to a question; nobody is there when absent. */
  readonly answer?: string
  /** Resolves when Ctrl-C is pressed; never when absent. */
  readonly interrupted?: Promise<Interrupt>
  readonly onOutput?: (text: string) => void
}

export interface CliResult {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** The checkout, which is a project itself. */
export const checkout = fileURLToPath(new URL('../../..', import.meta.url))

/** Runs one command line in this process and gives what it printed. */
export async function cli(argv: readonly string[], settings: CliSettings = {}): Promise<CliResult> {
  let out = ''
  let err = ''
  const io: Io = {
    stdout: (text) => {
      out += text
      settings.onOutput?.(out)
    },
    stderr: (text) => {
      err += text
    },
    env: settings.env ?? {},
    cwd: settings.cwd ?? checkout,
    isTerminal: false,
    platform: settings.platform ?? 'linux',
    readStdin: () => Promise.resolve(settings.stdin ?? ''),
    ask: () => Promise.resolve(settings.answer),
    interrupted: () => settings.interrupted ?? new Promise(() => undefined),
  }
  const code = await main(argv, io)
  return { code, out, err }
}

/** A folder of its own that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flowstead-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** The document in `text`, after its published schema accepted it. */
export function checkedJson(text: string, schema: string): Record<string, unknown> {
  const document = JSON.parse(text) as Record<string, unknown>
  expect(document.schema).toBe(schema)
  const file = new URL(
    `../../../docs/reference/schemas/${schema.replace('/', '-')}.schema.json`,
    import.meta.url,
  )
  const validate = new Ajv({ allErrors: true, strictTypes: false }).compile(
    JSON.parse(readFileSync(file, 'utf8')) as object,
  )
  validate(document)
  expect(validate.errors ?? []).toEqual([])
  return document
}
