import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { FlowsteadError } from '@flowstead/errors'
import { printJson, type Value } from '@flowstead/expressions'
import { findProject, type Project, readServerFile } from '@flowstead/server'
import { type ApiClient, createApiClient } from './api-client.ts'
import type { Io } from './io.ts'
import { createPaint, type Paint } from './paint.ts'
import { prettyJson } from './pretty-json.ts'

/** Options every command takes, before or after its name. */
export interface GlobalOptions {
  readonly dir?: string
  readonly data?: string
  readonly server?: string
  readonly tokenFile?: string
  readonly quiet?: boolean
  readonly color?: boolean
  readonly json?: boolean
}

/** One call of the command: where it writes, which project and which server it means. */
export interface Session {
  readonly io: Io
  readonly paint: Paint
  readonly isJson: boolean
  /** Results, to stdout. */
  print(text: string): void
  /** A result for programs: one JSON document that names its schema. */
  printJson(schema: string, document: object): void
  /** Talk, to stderr; silent with `--quiet`. */
  say(text: string): void
  project(): Project
  /** Absolute path of the data folder. */
  dataFolder(): string
  /** @throws `Cli.NoServer` when none runs on the data folder. */
  server(): ApiClient
}

/** Flags win over `FLOWSTEAD_*`, these over the project file. */
export function createSession(io: Io, options: GlobalOptions): Session {
  const setting = (name: 'dir' | 'data' | 'server' | 'tokenFile', variable: string) =>
    options[name] ?? (io.env[variable] || undefined)
  const project = () => {
    const dir = setting('dir', 'FLOWSTEAD_DIR')
    return findProject(io.cwd, dir === undefined ? undefined : resolve(io.cwd, dir))
  }
  const dataFolder = () => {
    const data = setting('data', 'FLOWSTEAD_DATA')
    return data === undefined ? project().data : resolve(io.cwd, data)
  }
  const isPlain = options.color === false || Boolean(io.env.NO_COLOR) || !io.isTerminal
  return {
    io,
    paint: createPaint(isPlain ? 'plain' : 'colour'),
    isJson: options.json === true,
    print: (text) => io.stdout(text),
    printJson: (schema, document) =>
      io.stdout(`${prettyJson(printJson({ schema, ...document } as Value))}\n`),
    say: (text) => {
      if (options.quiet !== true) io.stderr(`${text}\n`)
    },
    project,
    dataFolder,
    server: () => {
      const url = setting('server', 'FLOWSTEAD_SERVER')
      const tokenFile = setting('tokenFile', 'FLOWSTEAD_TOKEN_FILE')
      const token = tokenFile === undefined ? undefined : readToken(resolve(io.cwd, tokenFile))
      return connect(url, token, dataFolder)
    },
  }
}

function connect(url: string | undefined, token: string | undefined, dataFolder: () => string): ApiClient {
  if (url !== undefined && !URL.canParse(url)) {
    throw new FlowsteadError('Cli.Usage', `--server "${url}" is not a URL.`)
  }
  if (url !== undefined && token !== undefined) return createApiClient(url, token)
  const data = dataFolder()
  const running = readServerFile(data)
  if (running === undefined) {
    throw new FlowsteadError('Cli.NoServer', `No server is running on the data folder "${data}".`, {
      hint: 'Start one with "npx flowstead dev", or name one with --server and --token-file.',
    })
  }
  if (url !== undefined && new URL(url).origin !== new URL(running.url).origin) {
    throw new FlowsteadError('Cli.Usage', `There is no token for "${url}".`, {
      hint: 'Name the file that holds it with --token-file.',
    })
  }
  return createApiClient(url ?? running.url, token ?? running.token)
}

function readToken(path: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw new FlowsteadError('Cli.Unreadable', `The token file "${path}" cannot be read.`, { cause })
  }
  // A copy of server.json is accepted too: people copy the file they know.
  if (!text.startsWith('{')) return text
  try {
    const { token } = JSON.parse(text) as { token?: unknown }
    if (typeof token === 'string') return token
  } catch {
    // Falls through to the one sentence below.
  }
  throw new FlowsteadError('Cli.Unreadable', `The token file "${path}" holds no token.`)
}
