/**
 * What a user may do. Invariants:
 * 1. `edit` and `delete` come only with `view`, where there is one, and with `login` of the same application;
 *    every right on the web or mobile comes with its `login`.
 * 2. `mobile.jobs.complete` makes a user a worker: only workers can be assignees.
 */
import type { FieldProblem, Schema } from '@flowstead/service-kit'
import { problem } from './errors.ts'

/** The sixteen rights, each with those it needs. */
export const rights = {
  'web.login': [],
  'web.jobs.view': ['web.login'],
  'web.jobs.edit': ['web.login', 'web.jobs.view'],
  'web.jobs.delete': ['web.login', 'web.jobs.view'],
  'web.clients.view': ['web.login'],
  'web.clients.edit': ['web.login', 'web.clients.view'],
  'web.schedule.view': ['web.login'],
  'web.schedule.edit': ['web.login', 'web.schedule.view'],
  'web.map.edit': ['web.login'],
  'web.shifts.edit': ['web.login'],
  'web.teams.view': ['web.login'],
  'web.teams.edit': ['web.login', 'web.teams.view'],
  'web.jobs_export': ['web.login'],
  'mobile.login': [],
  'mobile.jobs.view': ['mobile.login'],
  'mobile.jobs.complete': ['mobile.login', 'mobile.jobs.view'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Right = keyof typeof rights

/** All rights, in the order of the published example. */
export const allRights = Object.keys(rights) as Right[]

/** The rights object as it travels: `{web: {jobs: {view: true}}}`. */
export type Permissions = { readonly [name: string]: boolean | Permissions }

/** The rights that the object grants; what it leaves out is not granted. */
export function grantedRights(permissions: Permissions): ReadonlySet<Right> {
  return new Set(allRights.filter((right) => leaf(permissions, right.split('.'))))
}

function leaf(permissions: Permissions, [name = '', ...rest]: readonly string[]): boolean {
  const inner = Object.hasOwn(permissions, name) ? permissions[name] : undefined
  if (typeof inner === 'boolean' || inner === undefined) return inner === true && rest.length === 0
  return leaf(inner, rest)
}

/** The whole object with every right as true or false. */
export function permissionsOf(granted: ReadonlySet<Right>): Permissions {
  return nested((right) => granted.has(right)) as Permissions
}

/** Rights that are granted without one they need. */
export function rightsProblems(permissions: Permissions, field: string): FieldProblem[] {
  const granted = grantedRights(permissions)
  return [...granted].flatMap((right) =>
    rights[right]
      .filter((needed) => !granted.has(needed))
      .map((needed) =>
        problem(`${field}.${right}`, 'implies', `"${field}.${right}" needs "${field}.${needed}".`),
      ),
  )
}

/** Schema of the rights object; every member may be left out. */
export const permissionsSchema: Schema = closed(nested(() => ({ type: 'boolean' })))

type Tree = { [name: string]: unknown }

function nested(leafOf: (right: Right) => unknown): Tree {
  const tree: Tree = {}
  for (const right of allRights) {
    const names = right.split('.')
    const last = names.pop() as string
    let place = tree
    for (const name of names) {
      place[name] ??= {}
      place = place[name] as Tree
    }
    place[last] = leafOf(right)
  }
  return tree
}

function closed(tree: Tree): Schema {
  const properties = Object.fromEntries(
    Object.entries(tree).map(([name, inner]) => [
      name,
      (inner as Schema).type === 'boolean' ? inner : closed(inner as Tree),
    ]),
  )
  return { type: 'object', properties, additionalProperties: false }
}
