/**
 * SQL steps of the service's tables; new entities are new steps at the end. `seq` is the order in which
 * rows were made, instants are ms since the epoch.
 */
export const steps: readonly string[] = [
  `
  CREATE TABLE organization (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, timezone TEXT NOT NULL
  ) STRICT;

  CREATE TABLE profiles (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    first_name TEXT NOT NULL, last_name TEXT NOT NULL, email TEXT NOT NULL UNIQUE COLLATE NOCASE,
    phone_number TEXT NOT NULL, date_of_birth TEXT, gender INTEGER NOT NULL, gender_text TEXT NOT NULL,
    occupation TEXT NOT NULL, occupation_institution_name TEXT NOT NULL,
    skills TEXT NOT NULL, languages TEXT NOT NULL, address TEXT NOT NULL, address_coordinates TEXT NOT NULL,
    timezone TEXT, profile_image TEXT NOT NULL, is_offline INTEGER NOT NULL, is_following INTEGER NOT NULL,
    archived_at INTEGER, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE categories (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL, description TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE opportunities (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, category_id TEXT NOT NULL REFERENCES categories (id),
    title TEXT NOT NULL, description TEXT NOT NULL, status TEXT NOT NULL, instant_book INTEGER NOT NULL,
    checkin_open_minutes INTEGER NOT NULL, checkout_close_minutes INTEGER NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE approvals (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    profile_id TEXT NOT NULL REFERENCES profiles (id),
    opportunity_id TEXT NOT NULL REFERENCES opportunities (id),
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    UNIQUE (profile_id, opportunity_id)
  ) STRICT;

  CREATE TABLE shifts (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    opportunity_id TEXT NOT NULL REFERENCES opportunities (id),
    shift_title TEXT NOT NULL, shift_description TEXT NOT NULL, location TEXT NOT NULL,
    shift_start_at INTEGER NOT NULL, shift_end_at INTEGER NOT NULL, spots INTEGER NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX shifts_start ON shifts (shift_start_at);

  CREATE TABLE reservations (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    shift_id TEXT NOT NULL REFERENCES shifts (id), profile_id TEXT NOT NULL REFERENCES profiles (id),
    status INTEGER NOT NULL, arrival_time INTEGER, departure_time INTEGER, hours_approved_by TEXT,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX reservations_once ON reservations (shift_id, profile_id) WHERE status <> 7;
  CREATE INDEX reservations_shift ON reservations (shift_id);
  CREATE INDEX reservations_profile ON reservations (profile_id);
  `,
]
