/** The person as three of the four families carry them; each has types of its own for two members. */
import type { Row } from '@flowstead/sqlite'

/** Columns of `profiles p` and `organization g` that `personPayload` reads. */
export const personColumns = `
  p.id AS person_id, p.first_name, p.last_name, p.email, p.gender, p.address, p.phone_number,
  p.date_of_birth, coalesce(p.timezone, g.timezone) AS timezone, p.address_coordinates`

/** @param form `text`: gender and coordinates travel as texts, as form submissions want it */
export function personPayload(row: Row, form: 'text' | 'values'): Record<string, unknown> {
  const coordinates = JSON.parse(row.address_coordinates as string) as string[]
  return {
    id: row.person_id,
    first_name: row.first_name,
    last_name: row.last_name,
    email: row.email,
    gender: form === 'text' ? String(row.gender) : row.gender,
    address: row.address,
    phone_number: row.phone_number,
    date_of_birth: row.date_of_birth,
    timezone: row.timezone,
    address_coordinates: form === 'text' ? coordinates.join(',') : coordinates,
  }
}
