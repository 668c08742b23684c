/** Tags, which only administrators see, and who has them. */
import type { Row } from '@flowstead/sqlite'
import type { VomeContext } from '../change-set.ts'
import { conflict, vomeErrors } from '../errors.ts'
import { reference, text, times } from '../resource/column.ts'
import { addRow, filterById, type Resource, refuseWhenUsed } from '../resource/resource.ts'

/** The resource behind `/tags`. */
export const tags: Resource = {
  name: 'tag',
  plural: 'tags',
  table: 'tags',
  description: 'A mark that administrators put on profiles.',
  columns: { tag_title: text(100, { input: 'required', description: 'Unique.' }), ...times },
  filters: {},
  rules: {
    onCreate: checkTitle,
    onUpdate: checkTitle,
    onDelete: (context, { id }) => refuseWhenUsed(context, id, 'profile_tags', 'tag_id'),
  },
}

function checkTitle({ db }: VomeContext, row: Row): void {
  const owner = db.prepare('SELECT id FROM tags WHERE tag_title = ?').get(row.tag_title ?? null)
  if (owner !== undefined && owner.id !== row.id) {
    throw conflict(vomeErrors.taken, 'tag_title', 'Another tag has this title.')
  }
}

/** The resource behind `/profile_tags`. */
export const profileTags: Resource = {
  name: 'profileTag',
  plural: 'profile_tags',
  table: 'profile_tags',
  description: 'A tag of a profile.',
  columns: { profile_id: reference('profiles'), tag_id: reference('tags'), ...times },
  filters: { profile_id: filterById('profile_id'), tag_id: filterById('tag_id') },
  rules: {
    onCreate: checkTag,
    onUpdate: (context, row, before) => {
      checkTag(context, row)
      if (row.profile_id !== before.profile_id)
        context.changes.updated('profile', before.profile_id as string)
    },
    changed: ({ changes }, row) => changes.updated('profile', row.profile_id as string),
  },
}

function checkTag({ db }: VomeContext, row: Row): void {
  if (tagOf(db, row.profile_id, row.tag_id)?.id === row.id) return
  if (tagOf(db, row.profile_id, row.tag_id) === undefined) return
  throw conflict(vomeErrors.taken, 'tag_id', 'This profile has the tag already.')
}

function tagOf(db: VomeContext['db'], profileId: Row[string] | undefined, tagId: Row[string] | undefined) {
  return db
    .prepare('SELECT id FROM profile_tags WHERE profile_id = ? AND tag_id = ?')
    .get(profileId ?? null, tagId ?? null)
}

/** Tags a profile that does not have the tag yet. */
export function ensureTag(context: VomeContext, profileId: string, tagId: string): void {
  if (tagOf(context.db, profileId, tagId) !== undefined) return
  addRow(context, profileTags, { profile_id: profileId, tag_id: tagId })
}
