import { chmodSync, writeFileSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import { findProject } from '@flowstead/server'
import type { ServiceAddress } from './booking-story.ts'
import type { Io } from './io.ts'
import { posixWord, windowsWord } from './shell-word.ts'

/**
 * A command that books the next shift, ready to be copied. curl reads the key from a file that only its
 * owner can read, so that the key stands neither on the screen nor in a shell history.
 */
export function bookingCommand(vome: ServiceAddress, data: string, name: string, io: Io): string {
  const file = join(data, 'services', 'vome', 'curl-headers')
  writeFileSync(file, `X-API-Key: ${vome.key}\nContent-Type: application/json\n`, { mode: 0o600 })
  chmodSync(file, 0o600)
  const isWindows = io.platform === 'win32'
  const body = JSON.stringify({ name })
  const words = [
    isWindows ? 'curl.exe' : 'curl',
    '-sS',
    '-H',
    `@${shortest(file, io.cwd)}`,
    '-d',
    // A command prompt hands other characters over in its code page.
    isWindows ? asciiJson(body) : body,
    `${vome.url}/api/v1/bookings`,
  ]
  return words.map((text) => word(text, io)).join(' ')
}

/** The path from where the person is, when it lies below; else the absolute one. */
export function shortest(path: string, cwd: string): string {
  const fromHere = relative(cwd, path)
  return fromHere === '' || fromHere.startsWith('..') || isAbsolute(fromHere) ? path : fromHere
}

function asciiJson(json: string): string {
  return json.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A command of ours for the server on `data`, as it has to be typed where the person is. */
export function ownCommand(words: string, data: string, io: Io): string {
  return isDataOfProject(data, io.cwd)
    ? `npx flowstead ${words}`
    : `npx flowstead ${words} --data ${word(shortest(data, io.cwd), io)}`
}

function isDataOfProject(data: string, cwd: string): boolean {
  try {
    return findProject(cwd).data === data
  } catch {
    // Outside a project the folder always has to be named.
    return false
  }
}

function word(text: string, io: Io): string {
  return io.platform === 'win32' ? windowsWord(text) : posixWord(text)
}
