import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Project } from '../project.ts'
import type { ImportFile } from './import-plan.ts'

/** The flow files of a project, with the side files that hold their display names, in order of their names. */
export function readProjectFiles(project: Project): ImportFile[] {
  const files = new Set(project.flows.flatMap((pattern) => matches(project.dir, pattern.split('/'))))
  const sides = [...files].map((file) => `${file}.data.xml`).filter((file) => existsSync(file))
  return [...files, ...sides]
    .sort()
    .map((file) => ({ name: relative(project.dir, file).split(sep).join('/'), bytes: readFileSync(file) }))
}

/** Files below `dir` whose path fits the parts; `*` stands for any run of characters within one part. */
function matches(dir: string, [part, ...rest]: readonly string[]): string[] {
  if (part === undefined) return []
  const entries = existsSync(dir) ? readdirSync(dir, { withFileTypes: true }) : []
  const fits = entries.filter(({ name }) => pattern(part).test(name))
  return rest.length === 0
    ? fits.filter((entry) => entry.isFile()).map(({ name }) => join(dir, name))
    : fits.filter((entry) => entry.isDirectory()).flatMap(({ name }) => matches(join(dir, name), rest))
}

function pattern(part: string): RegExp {
  const literal = part.split('*').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${literal.join('.*')}$`)
}
