/**
 * The texts that searches look into, by table: the column of the index and the SQL of the text, where the record
 * is `r`. `schema.ts` makes the index and its triggers of this list: whoever changes it adds a step that makes
 * both anew.
 */

/** The number by which a card is asked for. */
export const requestKey = "printf('BC%08d', r.id)"

const fullName = "trim(r.family_name || ' ' || r.first_name)"

function ownColumns(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `r.${name}`]))
}

const person = ownColumns(
  ...['family_name', 'first_name', 'family_name_kana', 'first_name_kana', 'post', 'tel', 'fax', 'email'],
  ...['mobile_tel', 'mobile_email', 'zip', 'address', 'url', 'latitude', 'longitude', 'lead_source', 'note'],
)

export type IndexedTable = 'clients' | 'leads' | 'business_cards'

export const indexedTexts: Readonly<Record<IndexedTable, Readonly<Record<string, string>>>> = {
  clients: {
    ...ownColumns('name', 'name_kana', 'name_disp', 'zip', 'address', 'latitude', 'longitude', 'main_tel'),
    ...ownColumns(
      'url',
      'mail_domain',
      'note',
      'name_sub',
      'name_kana_sub',
      'zip_sub',
      'address_sub',
      'pref_sub',
    ),
    corporate_number: "coalesce(r.corporate_number, '')",
  },
  leads: {
    ...person,
    ...ownColumns('extension', 'customer_id'),
    // With a blank between family name and first name, and without.
    name: `${fullName} || char(10) || r.family_name || r.first_name`,
  },
  business_cards: {
    ...person,
    ...ownColumns('direct_note'),
    request_key: requestKey,
  },
}
