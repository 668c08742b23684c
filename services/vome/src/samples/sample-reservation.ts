/** The reservation that `POST /local/emit` sends when nothing has to change; every member has a value. */
import { isoTime } from '@flowstead/service-kit'

const dayMs = 24 * 3_600_000

/** A reservation for tomorrow, as its events carry it. */
export function sampleReservation(now: number): Record<string, unknown> {
  const start = (Math.floor(now / dayMs) + 1) * dayMs + 7 * 3_600_000
  return {
    id: '5f0c2a34-52a4-4b1e-8f6d-0a9d6c1b7e01',
    shift: {
      id: '5f0c2a34-52a4-4b1e-8f6d-0a9d6c1b7e02',
      created_at: isoTime(now - 7 * dayMs),
      shift_start_at: isoTime(start),
      shift_end_at: isoTime(start + 4 * 3_600_000),
      spots: 12,
      shift_title: 'Potravinová banka: třídění',
      shift_description: 'Sorting donations in the warehouse.',
    },
    created_at: isoTime(now),
    status: 1,
    arrival_time: null,
    departure_time: null,
    hours_approved_by: null,
    user: {
      id: '5f0c2a34-52a4-4b1e-8f6d-0a9d6c1b7e03',
      first_name: 'Žofie',
      last_name: 'Ukázková',
      email: 'sample@example.org',
      gender: 1,
      address: 'Vinohradská 12, Praha',
      phone_number: '+420 600 000 000',
      date_of_birth: '1991-04-17',
      timezone: 'Europe/Prague',
      address_coordinates: ['14.4378', '50.0755'],
    },
    opportunity: {
      id: '5f0c2a34-52a4-4b1e-8f6d-0a9d6c1b7e04',
      status: 'active',
      category: {
        id: '5f0c2a34-52a4-4b1e-8f6d-0a9d6c1b7e05',
        title: 'Potravinová pomoc',
        description: 'Collecting, sorting and handing out food.',
      },
      title: 'Potravinová banka: třídění',
      description: 'Sorting donations in the warehouse.',
    },
  }
}
