import { createInterface } from 'node:readline/promises'

export type Interrupt = 'SIGINT' | 'SIGTERM'

/** What the command reads from and writes to; tests supply their own. */
export interface Io {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Whether results go to a person's terminal: decides colour. */
  readonly isTerminal: boolean
  readonly platform: NodeJS.Platform
  readStdin(): Promise<string>
  /** The answer a person typed; `undefined` when nobody can be asked. */
  ask(question: string): Promise<string | undefined>
  /** Resolves at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
  interrupted(): Promise<Interrupt>
}

/** The terminal of this process. */
export function processIo(): Io {
  return {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    env: process.env,
    cwd: process.cwd(),
    isTerminal: process.stdout.isTTY === true,
    platform: process.platform,
    readStdin,
    ask,
    interrupted,
  }
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

async function ask(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await terminal.question(question)
  } finally {
    terminal.close()
  }
}

function interrupted(): Promise<Interrupt> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal))
  })
}
