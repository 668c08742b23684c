import { businessCards } from './business-cards.ts'
import { clients } from './clients.ts'
import { leads } from './leads.ts'
import type { RecordType } from './record-type.ts'

/** Every kind of record that the service keeps. */
export const recordTypes: readonly RecordType[] = [clients, leads, businessCards]
