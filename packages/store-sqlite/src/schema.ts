/**
 * Steps of the schema; only ever added at the end.
 * Runs sort newest first by id. `run_by_flow` answers lists of one flow, status by status; `run_open` keeps
 * the runs that did not succeed (those not ended among them), so that a run which succeeds at once never
 * touches it. A chunk holds all entries of one append as a JSON array; the first one stands in the run's row,
 * so that a run which ends in its first turn is one row. Tables with chunks have a rowid: without one SQLite
 * gives every row of a kilobyte a page of its own. Events that were handled leave `event_open`.
 */
export const schema: readonly string[] = [
  `CREATE TABLE run (
     n INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     flow_id TEXT NOT NULL,
     flow_version TEXT NOT NULL,
     trigger_name TEXT NOT NULL,
     started_at INTEGER NOT NULL,
     ended_at INTEGER,
     status TEXT NOT NULL,
     error_code TEXT,
     error_message TEXT,
     entries INTEGER NOT NULL,
     first_chunk TEXT NOT NULL
   ) STRICT;
   CREATE INDEX run_by_flow ON run (flow_id, status, id);
   CREATE INDEX run_open ON run (status, id) WHERE status <> 'Succeeded';
   CREATE TABLE journal (
     run INTEGER NOT NULL REFERENCES run (n),
     seq INTEGER NOT NULL,
     chunk TEXT NOT NULL
   ) STRICT;
   CREATE UNIQUE INDEX journal_by_run ON journal (run, seq);
   CREATE TABLE dedupe (
     flow_id TEXT NOT NULL,
     key TEXT NOT NULL,
     run_id TEXT NOT NULL,
     at INTEGER NOT NULL,
     PRIMARY KEY (flow_id, key)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE polling_cursor (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE flow (
     id TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     version TEXT NOT NULL,
     state TEXT NOT NULL,
     imported_at INTEGER NOT NULL,
     FOREIGN KEY (id, version) REFERENCES flow_version (flow_id, version) DEFERRABLE INITIALLY DEFERRED
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE flow_version (
     flow_id TEXT NOT NULL,
     version TEXT NOT NULL,
     format TEXT NOT NULL,
     file TEXT NOT NULL,
     text TEXT NOT NULL,
     imported_at INTEGER NOT NULL,
     PRIMARY KEY (flow_id, version)
   ) STRICT;
   CREATE INDEX flow_version_by_hash ON flow_version (version);
   CREATE TABLE connection (
     id TEXT PRIMARY KEY,
     connector TEXT NOT NULL,
     owner TEXT NOT NULL,
     target TEXT NOT NULL,
     parameters TEXT NOT NULL,
     vault_id TEXT,
     created_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE vault (
     id TEXT PRIMARY KEY,
     nonce BLOB NOT NULL,
     ciphertext BLOB NOT NULL,
     key_id TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE subscription (
     flow_id TEXT NOT NULL,
     trigger_name TEXT NOT NULL,
     connection_id TEXT NOT NULL,
     callback_url TEXT NOT NULL,
     location TEXT,
     secret_vault_id TEXT,
     state TEXT NOT NULL,
     changed_at INTEGER NOT NULL,
     PRIMARY KEY (flow_id, trigger_name)
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE event (
     id INTEGER PRIMARY KEY,
     name TEXT NOT NULL,
     key TEXT NOT NULL,
     version INTEGER NOT NULL,
     status TEXT NOT NULL,
     publisher TEXT NOT NULL,
     processor TEXT,
     user_id TEXT,
     talent_id TEXT,
     flow_id TEXT NOT NULL,
     trigger_name TEXT NOT NULL,
     run_id TEXT NOT NULL,
     replay_of INTEGER REFERENCES event (id),
     created_at INTEGER NOT NULL,
     updated_at INTEGER NOT NULL,
     deliveries INTEGER NOT NULL,
     attempts INTEGER NOT NULL,
     error_code TEXT,
     error_message TEXT,
     outputs TEXT NOT NULL
   ) STRICT;
   CREATE INDEX event_by_key ON event (key);
   CREATE INDEX event_by_name ON event (name, id);
   CREATE INDEX event_open ON event (status, id) WHERE status <> 'ACKNOWLEDGED';
   CREATE TABLE event_run (
     run_id TEXT PRIMARY KEY,
     event INTEGER NOT NULL REFERENCES event (id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX event_run_by_event ON event_run (event);`,
]
