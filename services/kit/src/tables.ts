/** The kit's own tables in a service's database; they share the file so that a change is one commit. */
import { FlowsteadError } from '@flowstead/errors'
import type { Database } from '@flowstead/sqlite'
import { serviceErrors } from './errors.ts'

const steps: readonly string[] = [
  `
  CREATE TABLE kit_keys (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL, revoked_at INTEGER
  ) STRICT;

  CREATE TABLE kit_answers (
    caller TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL, headers TEXT NOT NULL, body TEXT, at INTEGER NOT NULL,
    PRIMARY KEY (caller, key)
  ) STRICT;
  CREATE INDEX kit_answers_at ON kit_answers (at);

  CREATE TABLE kit_attempts (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL, key TEXT,
    status INTEGER, replayed INTEGER NOT NULL, finished_at INTEGER, outcome TEXT NOT NULL
  ) STRICT;
  CREATE INDEX kit_attempts_key ON kit_attempts (key);

  CREATE TABLE kit_subscriptions (
    id TEXT PRIMARY KEY, callback_url TEXT NOT NULL, events TEXT NOT NULL, secret TEXT NOT NULL,
    state TEXT NOT NULL, reason TEXT, created_at INTEGER NOT NULL, failing_since INTEGER
  ) STRICT;

  CREATE TABLE kit_events (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, event TEXT NOT NULL, entity TEXT NOT NULL,
    payload TEXT NOT NULL, at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE kit_deliveries (
    seq INTEGER PRIMARY KEY, event_seq INTEGER NOT NULL REFERENCES kit_events (seq),
    subscription_id TEXT NOT NULL REFERENCES kit_subscriptions (id), entity TEXT NOT NULL,
    state TEXT NOT NULL, tries INTEGER NOT NULL, due_at INTEGER NOT NULL, last_status INTEGER, last_error TEXT,
    settled_at INTEGER
  ) STRICT;
  CREATE INDEX kit_deliveries_due ON kit_deliveries (due_at) WHERE state = 'pending';
  CREATE INDEX kit_deliveries_order ON kit_deliveries (subscription_id, entity, seq) WHERE state = 'pending';

  CREATE TABLE kit_delivery_attempts (
    delivery_seq INTEGER NOT NULL REFERENCES kit_deliveries (seq), try INTEGER NOT NULL, at INTEGER NOT NULL,
    status INTEGER, error TEXT, duration_ms INTEGER NOT NULL,
    PRIMARY KEY (delivery_seq, try)
  ) STRICT;
  `,
]

/** Brings the kit's tables up to date. They count their steps apart from the service's `user_version`. */
export function migrateKit(db: Database): void {
  db.transaction(() => {
    db.exec('CREATE TABLE IF NOT EXISTS kit_schema (steps INTEGER NOT NULL) STRICT')
    const read = db.prepare<{ steps: number }>('SELECT steps FROM kit_schema')
    const taken = read.get()?.steps
    if (taken !== undefined && taken > steps.length) {
      throw new FlowsteadError(
        serviceErrors.newerSchema,
        `The database "${db.path}" was written by a newer version of Flowstead.`,
        { hint: 'Start that version, or choose another data folder.' },
      )
    }
    for (const step of steps.slice(taken ?? 0)) db.exec(step)
    if (taken === undefined) db.prepare('INSERT INTO kit_schema (steps) VALUES (?)').run(steps.length)
    else if (taken < steps.length) db.prepare('UPDATE kit_schema SET steps = ?').run(steps.length)
  })
}
