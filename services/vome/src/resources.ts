/** All resources of the service. */
import { automations } from './automations/automations.ts'
import { folders, forms, questions } from './forms/forms.ts'
import { formSubmissions } from './forms/submissions.ts'
import { approvals } from './opportunities/approvals.ts'
import { categories, opportunities } from './opportunities/opportunities.ts'
import { shifts } from './opportunities/shifts.ts'
import { customFieldOptions, customFields, customFieldValues } from './profiles/custom-fields.ts'
import { profiles } from './profiles/profiles.ts'
import { profileTags, tags } from './profiles/tags.ts'
import { notices } from './reservations/free-spots.ts'
import { hourClaims } from './reservations/hour-claims.ts'
import { reservations } from './reservations/reservations.ts'
import type { Resource } from './resource/resource.ts'
import { sequenceAssignments } from './sequences/assignments.ts'
import { sequenceSteps, sequences } from './sequences/sequences.ts'

/** Listed, read, made, changed and deleted by the rules of their columns. */
export const editableResources: readonly Resource[] = [
  profiles,
  tags,
  profileTags,
  customFields,
  customFieldOptions,
  customFieldValues,
  categories,
  opportunities,
  approvals,
  shifts,
  sequences,
  sequenceSteps,
  folders,
  forms,
  questions,
  automations,
]

/** Listed and read like others; their changes have operations of their own. */
export const readableResources: readonly Resource[] = [
  reservations,
  hourClaims,
  notices,
  sequenceAssignments,
  formSubmissions,
]
