/**
 * SQL steps of the service's tables; new ones are added at the end. Instants of sessions are ms since the
 * epoch; those of events are texts, kept as they were received.
 */

const random = (length: number) => `lower(substr(hex(randomblob(8)), 1, ${length}))`

/** Two processes of one replica set: the one that writes events, the one that brings them to subscribers. */
const nodes = `
  CREATE TABLE nodes (role TEXT PRIMARY KEY, id TEXT NOT NULL) STRICT;
  INSERT INTO nodes VALUES ('publisher', 'phoenix-local-' || ${random(10)} || '-' || ${random(5)});
  INSERT INTO nodes SELECT 'processor', substr(id, 1, length(id) - 5) || ${random(5)} FROM nodes;
`

const sessions = `
  CREATE TABLE appointments (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, description TEXT,
    status TEXT NOT NULL, appointment_type TEXT NOT NULL,
    start_date INTEGER NOT NULL, end_date INTEGER NOT NULL,
    coach_id TEXT NOT NULL, talent_id TEXT NOT NULL, talent_block_id TEXT, subphase_id TEXT,
    cancelation_reason TEXT, cancelation_explanation TEXT, canceled_by TEXT,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
  ) STRICT;
  CREATE INDEX appointments_start ON appointments (start_date, seq);
  CREATE INDEX appointments_talent ON appointments (talent_id, start_date);
  CREATE INDEX appointments_coach ON appointments (coach_id, start_date);
  CREATE INDEX appointments_block ON appointments (talent_block_id) WHERE talent_block_id IS NOT NULL;

  CREATE TABLE update_details (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    appointment_id TEXT NOT NULL REFERENCES appointments (id), at INTEGER NOT NULL, user_id TEXT,
    previous_start INTEGER NOT NULL, previous_end INTEGER NOT NULL,
    start_date INTEGER NOT NULL, end_date INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX update_details_appointment ON update_details (appointment_id);
`

/** `push_id` is the message with which the event is on its way to subscribers; null when nobody is told. */
const events = `
  CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
    event_name TEXT NOT NULL, key_id TEXT NOT NULL UNIQUE, event_data TEXT NOT NULL, status TEXT NOT NULL,
    publisher_node_id TEXT NOT NULL, processor_node_id TEXT, version INTEGER NOT NULL,
    user_id TEXT, talent_id TEXT,
    attempts INTEGER NOT NULL DEFAULT 0, due_at INTEGER, last_error TEXT, warnings TEXT NOT NULL DEFAULT '[]',
    push_id TEXT UNIQUE
  ) STRICT;
  CREATE INDEX events_status ON events (status, id);
  CREATE INDEX events_due ON events (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX events_open ON events (talent_id, id) WHERE status IN ('PUBLISHED', 'PROCESSING', 'FAILED');
`

const now = (ms: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', (${ms}) / 1000.0, 'unixepoch')`
const told = (state: string) =>
  `EXISTS (SELECT 1 FROM kit_deliveries d WHERE d.event_seq = NEW.event_seq AND ${state})`

/**
 * What becomes of an event that was pushed, written in the commit in which the outcome of a delivery is. An
 * event with several subscribers is acknowledged when the last one has it, and FAILED while any waits for
 * another try. When all subscribers have gone it is free for others again.
 */
const pushOutcome = `
  CREATE INDEX phoenix_deliveries_event ON kit_deliveries (event_seq);
  CREATE TRIGGER phoenix_push_outcome AFTER UPDATE OF state, tries ON kit_deliveries
  WHEN OLD.state <> NEW.state OR OLD.tries <> NEW.tries
  BEGIN
    UPDATE events SET
      status = CASE
        WHEN OLD.state <> 'pending' AND NEW.state = 'pending' THEN 'PROCESSING'
        WHEN ${told("d.state = 'pending' AND d.tries > 0")} THEN 'FAILED'
        WHEN ${told("d.state = 'pending'")} THEN 'PROCESSING'
        WHEN ${told("d.state = 'failed'")} THEN 'DEAD_LETTERED'
        WHEN ${told("d.state = 'delivered'")} THEN 'ACKNOWLEDGED'
        ELSE 'PUBLISHED' END,
      attempts = (SELECT sum(d.tries) FROM kit_deliveries d WHERE d.event_seq = NEW.event_seq),
      last_error = NEW.last_error,
      updated_at = ${now(
        `coalesce(NEW.settled_at, (SELECT max(a.at + a.duration_ms) FROM kit_delivery_attempts a
          WHERE a.delivery_seq = NEW.seq), NEW.due_at)`,
      )}
    WHERE push_id = (SELECT id FROM kit_events WHERE seq = NEW.event_seq);
    UPDATE events SET processor_node_id = NULL, push_id = NULL
    WHERE status = 'PUBLISHED' AND push_id = (SELECT id FROM kit_events WHERE seq = NEW.event_seq);
  END;
`

/** Order matters: a step is never changed after its release. */
export const steps: readonly string[] = [nodes + sessions + events + pushOutcome]
