/** Reviews of what was pasted on the page: the newest few, so that people can go back to them. */
import { randomUUID } from 'node:crypto'
import { insertRow, type ServiceContext } from '@flowstead/service-kit'

/** How many are kept; a further one displaces the oldest. */
export const maxKeptReviews = 20

/** SQL steps of the service; only ever added at the end. */
export const steps: readonly string[] = [
  `
  CREATE TABLE reviews (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL, score REAL NOT NULL, document TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT;
  `,
]

/** A kept review without its document. */
export interface KeptReview {
  readonly id: string
  readonly name: string
  readonly score: number
  /** ms since the epoch. */
  readonly created_at: number
}

/** Keeps a review; gives its id. */
export function keepReview(
  { db, now }: Pick<ServiceContext, 'db' | 'now'>,
  review: { readonly name: string; readonly score: number; readonly document: string },
): string {
  const id = randomUUID()
  const seq = insertRow(db, 'reviews', { id, ...review, created_at: now() })
  db.prepare('DELETE FROM reviews WHERE seq <= ?').run(seq - maxKeptReviews)
  return id
}

/** The kept reviews, newest first. */
export function keptReviews({ db }: Pick<ServiceContext, 'db'>): readonly KeptReview[] {
  return db
    .prepare<{ id: string; name: string; score: number; created_at: number }>(
      'SELECT id, name, score, created_at FROM reviews ORDER BY seq DESC',
    )
    .all()
}

/** The document of a kept review; `undefined` when there is none of this id, or no longer. */
export function keptDocument({ db }: Pick<ServiceContext, 'db'>, id: string): string | undefined {
  return db.prepare<{ document: string }>('SELECT document FROM reviews WHERE id = ?').get(id)?.document
}
