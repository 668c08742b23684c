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
  `
  INSERT INTO organization (id, name, timezone)
    SELECT 'organization', 'Organisation', 'UTC' WHERE NOT EXISTS (SELECT 1 FROM organization);

  ALTER TABLE profiles ADD COLUMN off_vome_hours INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE profiles ADD COLUMN emergency_contact TEXT NOT NULL
    DEFAULT '{"name":"","phone_number":"","relationship":""}';
  ALTER TABLE profiles ADD COLUMN medical_information TEXT NOT NULL
    DEFAULT '{"description":"","has_medical_info":false}';

  CREATE TABLE tags (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, tag_title TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE profile_tags (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, profile_id TEXT NOT NULL REFERENCES profiles (id),
    tag_id TEXT NOT NULL REFERENCES tags (id), created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    UNIQUE (profile_id, tag_id)
  ) STRICT;

  CREATE TABLE custom_fields (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, field_type INTEGER NOT NULL,
    is_active INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE custom_field_options (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    custom_field_id TEXT NOT NULL REFERENCES custom_fields (id), value TEXT NOT NULL, "order" INTEGER NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, UNIQUE (custom_field_id, value)
  ) STRICT;
  CREATE TABLE custom_field_values (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, profile_id TEXT NOT NULL REFERENCES profiles (id),
    custom_field_id TEXT NOT NULL REFERENCES custom_fields (id), "values" TEXT NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, UNIQUE (profile_id, custom_field_id)
  ) STRICT;
  `,
  `
  ALTER TABLE opportunities ADD COLUMN cancel_hours INTEGER NOT NULL DEFAULT 12;
  ALTER TABLE opportunities ADD COLUMN reservations_open_at INTEGER;
  ALTER TABLE opportunities ADD COLUMN reservation_limit INTEGER;
  ALTER TABLE opportunities ADD COLUMN reservation_limit_days INTEGER NOT NULL DEFAULT 7;
  ALTER TABLE opportunities ADD COLUMN group_max INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE opportunities ADD COLUMN auto_check_in_out INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE opportunities ADD COLUMN auto_approve_hours INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE opportunities ADD COLUMN notify_free_spot INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE shifts ADD COLUMN tag_rule TEXT NOT NULL DEFAULT '';
  ALTER TABLE shifts ADD COLUMN tag_ids TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE reservations ADD COLUMN guests INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE reservations ADD COLUMN infants INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE reservations ADD COLUMN claimed_minutes INTEGER;
  ALTER TABLE reservations ADD COLUMN due_at INTEGER;
  UPDATE reservations SET due_at =
    (SELECT shift_end_at FROM shifts WHERE shifts.id = reservations.shift_id) WHERE status IN (1, 2);
  CREATE INDEX reservations_due ON reservations (due_at) WHERE due_at IS NOT NULL;

  CREATE TABLE hour_claims (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, reservation_id TEXT NOT NULL REFERENCES reservations (id),
    claimed_from INTEGER NOT NULL, claimed_to INTEGER NOT NULL, minutes INTEGER NOT NULL, note TEXT NOT NULL,
    status TEXT NOT NULL, decided_by TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX hour_claims_reservation ON hour_claims (reservation_id);
  CREATE TABLE notices (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, profile_id TEXT NOT NULL REFERENCES profiles (id),
    shift_id TEXT NOT NULL REFERENCES shifts (id), created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX notices_profile ON notices (profile_id);
  `,
  `
  CREATE TABLE sequences (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, description TEXT NOT NULL,
    sequence_status TEXT NOT NULL, visibility TEXT NOT NULL, is_general INTEGER NOT NULL,
    auto_move INTEGER NOT NULL, auto_finish INTEGER NOT NULL, announce_edits INTEGER NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX sequences_general ON sequences (is_general) WHERE is_general = 1;
  CREATE TABLE sequence_steps (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sequence_id TEXT NOT NULL REFERENCES sequences (id),
    category TEXT NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL, "order" INTEGER NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sequence_steps_order ON sequence_steps (sequence_id, "order");
  CREATE TABLE sequence_assignments (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, profile_id TEXT NOT NULL REFERENCES profiles (id),
    sequence_id TEXT NOT NULL REFERENCES sequences (id), status TEXT NOT NULL,
    current_step_id TEXT REFERENCES sequence_steps (id), notes TEXT NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX sequence_assignments_once ON sequence_assignments (profile_id, sequence_id)
    WHERE status <> 'finished';
  CREATE INDEX sequence_assignments_sequence ON sequence_assignments (sequence_id);
  CREATE TABLE step_progress (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    assignment_id TEXT NOT NULL REFERENCES sequence_assignments (id),
    step_id TEXT NOT NULL REFERENCES sequence_steps (id), status TEXT NOT NULL, completion_on TEXT,
    expiration_on TEXT, due_on TEXT, interview TEXT NOT NULL, expires_at INTEGER,
    UNIQUE (assignment_id, step_id)
  ) STRICT;
  CREATE INDEX step_progress_expires ON step_progress (expires_at) WHERE expires_at IS NOT NULL;
  `,
  `
  CREATE TABLE folders (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE forms (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, description TEXT NOT NULL,
    folder_id TEXT REFERENCES folders (id), is_open INTEGER NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE questions (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, form_id TEXT NOT NULL REFERENCES forms (id),
    title TEXT NOT NULL, question_type TEXT NOT NULL, options TEXT NOT NULL, is_required INTEGER NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX questions_form ON questions (form_id);
  CREATE TABLE form_submissions (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, form_id TEXT NOT NULL REFERENCES forms (id),
    profile_id TEXT NOT NULL REFERENCES profiles (id), folder_id TEXT REFERENCES folders (id),
    submission_status TEXT NOT NULL, arrival_source TEXT NOT NULL, answers TEXT NOT NULL,
    medical_info TEXT NOT NULL, emergency_contact TEXT NOT NULL, digital_consent TEXT NOT NULL,
    general_availability TEXT NOT NULL, attachments TEXT NOT NULL, opportunity_ids TEXT NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX form_submissions_form ON form_submissions (form_id);
  CREATE INDEX form_submissions_profile ON form_submissions (profile_id);
  CREATE TABLE automations (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, event TEXT NOT NULL, source_id TEXT NOT NULL,
    answer TEXT NOT NULL, action TEXT NOT NULL, target_id TEXT NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX automations_source ON automations (source_id);
  `,
]
