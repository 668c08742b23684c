/** Sample data: an organisation in Prague, people in several scripts, and shifts for the coming weeks. */
import type { ServiceContext } from '@flowstead/service-kit'
import type { Row } from '@flowstead/sqlite'
import { silently } from '../change-set.ts'
import { derivedId } from '../derived-id.ts'
import { approvals } from '../opportunities/approvals.ts'
import { categories, opportunities } from '../opportunities/opportunities.ts'
import { shifts } from '../opportunities/shifts.ts'
import { profiles } from '../profiles/profiles.ts'
import { addRow, findRow, type Resource } from '../resource/resource.ts'
import { onboardingSamples } from './sample-onboarding.ts'

interface Person {
  readonly key: string
  readonly names: readonly [first: string, last: string]
  readonly gender: number
  readonly born: string
  readonly timezone: string | null
  readonly address: string
  readonly coordinates: readonly [longitude: string, latitude: string] | readonly []
  readonly languages: readonly string[]
}

const people: readonly Person[] = [
  {
    key: 'zofie',
    names: ['Žofie', 'Černá'],
    gender: 1,
    born: '1991-04-17',
    timezone: null,
    address: 'Vinohradská 12, 120 00 Praha 2',
    coordinates: ['14.4378', '50.0755'],
    languages: ['čeština'],
  },
  {
    key: 'rene',
    names: ['René', 'Lévêque'],
    gender: 0,
    born: '1984-11-02',
    timezone: 'Europe/Paris',
    address: '8 rue des Écoles, 75005 Paris',
    coordinates: ['2.3488', '48.8486'],
    languages: ['français', 'English'],
  },
  {
    key: 'ekaterina',
    names: ['Екатерина', 'Соколова'],
    gender: 1,
    born: '1997-08-23',
    timezone: 'Asia/Yekaterinburg',
    address: 'ул. Малышева, 36, Екатеринбург',
    coordinates: ['60.5975', '56.8355'],
    languages: ['русский'],
  },
  {
    key: 'misaki',
    names: ['美咲', '佐藤'],
    gender: 1,
    born: '2001-01-30',
    timezone: 'Asia/Tokyo',
    address: '東京都中央区日本橋2-1-3',
    coordinates: ['139.7741', '35.6812'],
    languages: ['日本語', 'English'],
  },
  {
    key: 'eleni',
    names: ['Ελένη', 'Παπαδοπούλου'],
    gender: 1,
    born: '1978-06-09',
    timezone: 'Europe/Athens',
    address: 'Ερμού 15, Αθήνα',
    coordinates: [],
    languages: ['ελληνικά'],
  },
  {
    key: 'sean',
    names: ['Seán', "O'Brien-Łuczak"],
    gender: 3,
    born: '1969-12-31',
    timezone: 'Europe/Dublin',
    address: '5 Dame Street, Dublin 2',
    coordinates: [],
    languages: ['Gaeilge', 'English', 'polski'],
  },
]

interface Offer {
  readonly key: string
  readonly category: string
  readonly title: string
  readonly description: string
  readonly isInstant: boolean
  /** Hour of the day in UTC, length in hours, and spots of each shift. */
  readonly hour: number
  readonly hours: number
  readonly spots: number
}

const categoryTitles = [
  { key: 'food', title: 'Potravinová pomoc', description: 'Collecting, sorting and handing out food.' },
  { key: 'green', title: 'Městská zeleň', description: 'Parks, trees and community gardens.' },
  { key: 'seniors', title: 'Aide aux aînés', description: 'Visits and company for older people.' },
] as const

const offers: readonly Offer[] = [
  {
    key: 'bank',
    category: 'food',
    title: 'Potravinová banka: třídění',
    description: 'Sorting donations in the warehouse. Gloves are provided.',
    isInstant: true,
    hour: 7,
    hours: 4,
    spots: 12,
  },
  {
    key: 'soup',
    category: 'food',
    title: 'Soup kitchen',
    description: 'Cooking and serving a warm supper.',
    isInstant: true,
    hour: 15,
    hours: 3,
    spots: 6,
  },
  {
    key: 'garden',
    category: 'green',
    title: 'Komunitní zahrada',
    description: 'Planting, watering and weeding.',
    isInstant: true,
    hour: 8,
    hours: 3,
    spots: 8,
  },
  {
    key: 'visits',
    category: 'seniors',
    title: 'Visites à domicile',
    description: 'Un après-midi de conversation, de lecture ou de jeu.',
    isInstant: true,
    hour: 12,
    hours: 2,
    spots: 4,
  },
]

const dayMs = 24 * 3_600_000
const hourMs = 3_600_000
const comingDays = 28

/** Adds what is missing of the sample data; run again later, it adds shifts for the days to come. */
export function seed(service: ServiceContext): void {
  const context = silently(service)
  const addMissing = (resource: Resource, id: string, values: Row) => {
    if (findRow(context.db, resource.table, id) === undefined) addRow(context, resource, { id, ...values })
  }
  nameOrganization(context)
  for (const { key, ...values } of categoryTitles) addMissing(categories, derivedId('category', key), values)
  for (const offer of offers) addMissing(opportunities, derivedId('opportunity', offer.key), offerRow(offer))
  for (const person of people) addMissing(profiles, derivedId('profile', person.key), personRow(person))
  for (const { profile_id, opportunity_id } of firstApprovals()) {
    const id = derivedId('approval', profile_id, opportunity_id)
    if (isFree(context, profile_id)) addMissing(approvals, id, { profile_id, opportunity_id })
  }
  for (const { id, resource, values } of onboardingSamples()) addMissing(resource, id, values)
  const today = Math.floor(context.now() / dayMs)
  for (let day = today + 1; day <= today + comingDays; day++) {
    for (const offer of offers) addMissing(shifts, derivedId('shift', offer.key, day), shiftRow(offer, day))
  }
}

/** An organisation that has its first name still becomes the sample one. */
function nameOrganization({ db }: ServiceContext): void {
  db.prepare(
    `UPDATE organization SET name = 'Dobrovolníci Praha', timezone = 'Europe/Prague'
     WHERE name = 'Organisation' AND timezone = 'UTC'`,
  ).run()
}

function offerRow({ category, description, isInstant, title }: Offer): Row {
  return { category_id: derivedId('category', category), title, description, instant_book: isInstant ? 1 : 0 }
}

function personRow({ address, born, coordinates, gender, key, languages, names, timezone }: Person): Row {
  return {
    first_name: names[0],
    last_name: names[1],
    email: `${key}@example.org`,
    phone_number: '+420 600 000 000',
    date_of_birth: born,
    gender,
    timezone,
    address,
    address_coordinates: JSON.stringify(coordinates),
    languages: JSON.stringify(languages),
  }
}

function firstApprovals() {
  return people.flatMap(({ key }) =>
    offers.map((offer) => ({
      profile_id: derivedId('profile', key),
      opportunity_id: derivedId('opportunity', offer.key),
    })),
  )
}

function isFree({ db }: ServiceContext, profileId: string): boolean {
  return findRow(db, 'profiles', profileId)?.archived_at === null
}

function shiftRow({ hour, hours, key, spots }: Offer, day: number): Row {
  const start = day * dayMs + hour * hourMs
  return {
    opportunity_id: derivedId('opportunity', key),
    location: 'Praha',
    shift_start_at: start,
    shift_end_at: start + hours * hourMs,
    spots,
  }
}
