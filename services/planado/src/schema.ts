/**
 * SQL steps of the service's tables; new entities are new steps at the end. `id` is what the API calls
 * `uuid`, `seq` the order in which rows were made; instants are ms since the epoch; names in the plural
 * (`skill_ids`, `contacts`, `custom_fields`) and `address`, `permissions` hold JSON.
 */

/** The type of jobs that name none. */
export const defaultJobTypeId = '00000000-0000-4000-8000-000000000001'

export const steps: readonly string[] = [
  `
  CREATE TABLE settings (publishes_at_once INTEGER NOT NULL) STRICT;
  INSERT INTO settings (publishes_at_once) VALUES (1);

  CREATE TABLE territories (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE skills (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE job_types (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE
  ) STRICT;
  INSERT INTO job_types (id, code, name) VALUES ('${defaultJobTypeId}', 'default', 'Job');

  CREATE TABLE dictionaries (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE dictionary_values (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    dictionary_id TEXT NOT NULL REFERENCES dictionaries (id), name TEXT NOT NULL,
    UNIQUE (dictionary_id, name)
  ) STRICT;

  CREATE TABLE resolutions (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE, successful INTEGER NOT NULL,
    has_comment INTEGER NOT NULL, comment_required INTEGER NOT NULL,
    CHECK (comment_required = 0 OR has_comment = 1)
  ) STRICT;
  INSERT INTO resolutions (id, name, successful, has_comment, comment_required) VALUES
    ('00000000-0000-4000-8000-000000000002', 'Done', 1, 1, 0),
    ('00000000-0000-4000-8000-000000000003', 'Not done', 0, 1, 1);

  CREATE TABLE users (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, first_name TEXT NOT NULL, last_name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE COLLATE NOCASE, password TEXT NOT NULL, mobile_phone TEXT,
    territory_id TEXT REFERENCES territories (id), skill_ids TEXT NOT NULL, permissions TEXT NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE user_tokens (
    hash TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE shifts (
    seq INTEGER PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id),
    time_from INTEGER NOT NULL, time_to INTEGER NOT NULL, working INTEGER NOT NULL,
    territory_id TEXT REFERENCES territories (id), job_type_id TEXT REFERENCES job_types (id),
    CHECK (time_from < time_to)
  ) STRICT;
  CREATE INDEX shifts_user ON shifts (user_id, time_from);

  CREATE TABLE teams (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,
    territory_id TEXT REFERENCES territories (id), worker_ids TEXT NOT NULL
  ) STRICT;

  CREATE TABLE clients (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, external_id TEXT UNIQUE, organization INTEGER NOT NULL,
    organization_name TEXT, first_name TEXT, last_name TEXT, middle_name TEXT,
    site_address TEXT, contacts TEXT NOT NULL,
    version INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE sites (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, external_id TEXT UNIQUE, name TEXT NOT NULL,
    description TEXT, contacts TEXT NOT NULL, address TEXT, client_id TEXT REFERENCES clients (id),
    version INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sites_client ON sites (client_id);

  CREATE TABLE templates (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,
    type_id TEXT NOT NULL REFERENCES job_types (id), description TEXT, duration_minutes INTEGER,
    team_id TEXT REFERENCES teams (id), worker_id TEXT REFERENCES users (id),
    resolution_ids TEXT NOT NULL, custom_fields TEXT NOT NULL, report_fields TEXT NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    CHECK (team_id IS NULL OR worker_id IS NULL)
  ) STRICT;

  CREATE TABLE jobs (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, external_id TEXT UNIQUE, external_order_id TEXT,
    serial_no INTEGER NOT NULL UNIQUE, status TEXT NOT NULL,
    scheduled_at INTEGER, duration_minutes INTEGER, description TEXT,
    team_id TEXT REFERENCES teams (id), worker_id TEXT REFERENCES users (id), viewer_ids TEXT NOT NULL,
    type_id TEXT NOT NULL REFERENCES job_types (id), template_id TEXT REFERENCES templates (id),
    client_id TEXT REFERENCES clients (id), site_id TEXT REFERENCES sites (id),
    territory_id TEXT REFERENCES territories (id), skill_ids TEXT NOT NULL,
    contacts TEXT NOT NULL, address TEXT,
    en_route_at INTEGER, started_at INTEGER, suspended_at INTEGER, finished_at INTEGER,
    possible_resolution_ids TEXT NOT NULL, custom_fields TEXT NOT NULL, report_fields TEXT NOT NULL,
    resolution_id TEXT REFERENCES resolutions (id), resolution_comment TEXT,
    initial_job_id TEXT, completion_of_id TEXT,
    version INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    CHECK (team_id IS NULL OR worker_id IS NULL)
  ) STRICT;
  CREATE INDEX jobs_status ON jobs (status);
  CREATE INDEX jobs_client ON jobs (client_id);
  CREATE INDEX jobs_site ON jobs (site_id);
  CREATE INDEX jobs_worker ON jobs (worker_id);
  CREATE TABLE serial_numbers (next INTEGER NOT NULL) STRICT;
  INSERT INTO serial_numbers (next) VALUES (1);

  CREATE TABLE job_events (
    job_id TEXT NOT NULL, version INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL,
    payload TEXT NOT NULL, context TEXT NOT NULL, PRIMARY KEY (job_id, version)
  ) STRICT;
  CREATE TABLE webhook_secrets (webhook_id TEXT PRIMARY KEY, secret TEXT NOT NULL) STRICT;
  CREATE TABLE notifications (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL REFERENCES users (id),
    job_id TEXT NOT NULL, event_type TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE attachments (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, content_type TEXT NOT NULL,
    content BLOB NOT NULL, origin TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE link_secret (secret TEXT NOT NULL) STRICT;
  INSERT INTO link_secret (secret) VALUES (hex(randomblob(32)));
  `,
]
