/** SQL steps of the mail box. `raw` is the message as it came; everything else is read from it. */
export const steps: readonly string[] = [
  `
  CREATE TABLE messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    message_id TEXT UNIQUE, idempotency_key TEXT UNIQUE,
    sender TEXT NOT NULL, recipients TEXT NOT NULL, copies TEXT NOT NULL, subject TEXT NOT NULL,
    text TEXT NOT NULL, html TEXT NOT NULL, headers TEXT NOT NULL, attachments TEXT NOT NULL,
    raw BLOB NOT NULL, received_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE envelope_recipients (
    message_seq INTEGER NOT NULL REFERENCES messages (seq) ON DELETE CASCADE, address TEXT NOT NULL,
    PRIMARY KEY (message_seq, address)
  ) STRICT, WITHOUT ROWID;
  `,
  // Messages that came before this step have notes of their attachments, but no files.
  `
  CREATE TABLE attachments (
    message_seq INTEGER NOT NULL REFERENCES messages (seq) ON DELETE CASCADE, number INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (message_seq, number)
  ) STRICT;
  `,
]
