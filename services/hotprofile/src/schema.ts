/**
 * SQL steps of the service's tables; new entities are new steps at the end. Instants are ms since the epoch,
 * days `yyyy/mm/dd`, degrees the text given, `tag_ids`, `interest_product_type_ids`, `items`, `ancestry` JSON
 * arrays. Ids up to 1000 are kept for sample records.
 */
import { insertChoiceLists } from './choice-lists.ts'
import { createTextIndex } from './search/text-index.ts'

const person = `
    client_id INTEGER NOT NULL REFERENCES clients (id),
    organization_id INTEGER REFERENCES departments (id),
    family_name TEXT NOT NULL,
    first_name TEXT NOT NULL DEFAULT '',
    family_name_kana TEXT NOT NULL DEFAULT '',
    first_name_kana TEXT NOT NULL DEFAULT '',
    post TEXT NOT NULL DEFAULT '',
    tel TEXT NOT NULL DEFAULT '',
    extension TEXT NOT NULL DEFAULT '',
    fax TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    mobile_tel TEXT NOT NULL DEFAULT '',
    mobile_email TEXT NOT NULL DEFAULT '',
    zip TEXT NOT NULL DEFAULT '',
    pref_id INTEGER,
    address TEXT NOT NULL DEFAULT '',
    url TEXT NOT NULL DEFAULT '',
    latitude TEXT NOT NULL DEFAULT '',
    longitude TEXT NOT NULL DEFAULT '',
    lead_source_kbn_id INTEGER,
    lead_source TEXT NOT NULL DEFAULT '',
    owner_user_id INTEGER REFERENCES users (id),
    note TEXT NOT NULL DEFAULT '',
    trade_on TEXT,
    tag_ids TEXT NOT NULL DEFAULT '[]',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL`

export const steps: readonly string[] = [
  `
  CREATE TABLE tenant (second_language INTEGER NOT NULL) STRICT;
  INSERT INTO tenant (second_language) VALUES (1);

  CREATE TABLE choices (
    list TEXT NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (list, id)
  ) STRICT, WITHOUT ROWID;
  ${insertChoiceLists}

  CREATE TABLE users (
    id INTEGER PRIMARY KEY, user_code TEXT NOT NULL UNIQUE, user_name TEXT NOT NULL, role_id INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE departments (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, ancestry TEXT NOT NULL, ancestry_all_name TEXT NOT NULL
  ) STRICT;

  CREATE TABLE clients (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_kana TEXT NOT NULL DEFAULT '',
    name_disp TEXT NOT NULL,
    zip TEXT NOT NULL DEFAULT '',
    pref_id INTEGER,
    address TEXT NOT NULL DEFAULT '',
    latitude TEXT NOT NULL DEFAULT '',
    longitude TEXT NOT NULL DEFAULT '',
    business_category_kbn INTEGER,
    worker_number_kbn INTEGER,
    capital_kbn INTEGER,
    ipo_kbn INTEGER,
    sales_last_year TEXT NOT NULL DEFAULT '',
    main_tel TEXT NOT NULL DEFAULT '',
    url TEXT NOT NULL DEFAULT '',
    mail_domain TEXT NOT NULL DEFAULT '',
    user_id INTEGER REFERENCES users (id),
    note TEXT NOT NULL DEFAULT '',
    name_sub TEXT NOT NULL DEFAULT '',
    name_kana_sub TEXT NOT NULL DEFAULT '',
    zip_sub TEXT NOT NULL DEFAULT '',
    address_sub TEXT NOT NULL DEFAULT '',
    pref_sub TEXT NOT NULL DEFAULT '',
    corporate_number INTEGER,
    items TEXT NOT NULL DEFAULT '[]',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE leads (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ${person},
    lead_status INTEGER,
    error_mail_flg INTEGER NOT NULL DEFAULT 0,
    error_tel_flg INTEGER NOT NULL DEFAULT 0,
    error_fax_flg INTEGER NOT NULL DEFAULT 0,
    error_address_flg INTEGER NOT NULL DEFAULT 0,
    not_mail_flg INTEGER NOT NULL DEFAULT 0,
    not_tel_flg INTEGER NOT NULL DEFAULT 0,
    not_fax_flg INTEGER NOT NULL DEFAULT 0,
    not_dm_flg INTEGER NOT NULL DEFAULT 0,
    competitor_flg INTEGER NOT NULL DEFAULT 0,
    important_customer_flg INTEGER NOT NULL DEFAULT 0,
    end_user_flg INTEGER NOT NULL DEFAULT 0,
    store_flg INTEGER NOT NULL DEFAULT 0,
    customer_id TEXT NOT NULL DEFAULT '',
    interest_product_type_ids TEXT NOT NULL DEFAULT '[]',
    items TEXT NOT NULL DEFAULT '[]'
  ) STRICT;
  CREATE INDEX leads_by_client ON leads (client_id);

  CREATE TABLE business_cards (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ${person},
    status INTEGER NOT NULL,
    open_status INTEGER NOT NULL,
    owner_user TEXT NOT NULL DEFAULT '',
    direct_note TEXT NOT NULL DEFAULT ''
  ) STRICT;
  CREATE INDEX business_cards_by_person ON business_cards (client_id, family_name, first_name);

  INSERT INTO sqlite_sequence (name, seq) VALUES ('clients', 1000), ('leads', 1000), ('business_cards', 1000);
  `,
  `
  ${createTextIndex}
  DROP INDEX leads_by_client;
  CREATE INDEX leads_by_person ON leads (client_id, family_name, first_name);
  ${['leads', 'business_cards']
    .flatMap((table) =>
      ['trade_on', 'owner_user_id', 'organization_id', 'pref_id'].map((column) => index(table, column)),
    )
    .join('')}
  ${['clients', 'leads', 'business_cards']
    .flatMap((table) => ['created_at', 'updated_at'].map((column) => index(table, column)))
    .join('')}
  `,
]

function index(table: string, column: string): string {
  return `CREATE INDEX ${table}_by_${column} ON ${table} (${column});`
}
