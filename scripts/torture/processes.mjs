// Starts the parts of a project as processes of their own and asks them things over HTTP.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const flowstead = fileURLToPath(new URL('../../packages/cli/bin/flowstead.mjs', import.meta.url))

/** Runs `flowstead …` until `isUp` answers; what it prints is kept for the report of a failure. */
export async function startProcess(args, isUp) {
  const child = spawn(process.execPath, [flowstead, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  child.stdout.on('data', (chunk) => (printed += chunk))
  child.stderr.on('data', (chunk) => (printed += chunk))
  await until(`${args.join(' ')} is up`, async () => {
    if (child.exitCode !== null)
      throw new Error(`flowstead ${args.join(' ')} ended with ${child.exitCode}: ${printed}`)
    return isUp()
  })
  return child
}

/** Ends a process at once, without a chance to tidy up. */
export async function kill(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

/** Asks again until the answer is truthy; gives up after a minute with the name of what did not come. */
export async function until(what, ask, { everyMs = 20, forMs = 60_000 } = {}) {
  const end = Date.now() + forMs
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`Waited ${forMs / 1000} s in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

/** Reads what a service or server tells local tools; undefined while it does not. */
export function readTold(...path) {
  try {
    return JSON.parse(readFileSync(join(...path), 'utf8'))
  } catch {
    return undefined
  }
}

/** JSON over HTTP; a status outside 2xx is an error with the body in it. */
export async function ask(url, { method = 'GET', headers = {}, body } = {}) {
  const response = await fetch(url, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok)
    throw new Error(`${method} ${new URL(url).pathname}: ${response.status} ${text.slice(0, 500)}`)
  return text === '' ? undefined : JSON.parse(text)
}

export async function isReachable(url) {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}
