import { type FieldProblem, refused } from '@flowstead/service-kit'

/** Codes of this service, as its clients see them. */
export const vomeErrors = {
  notFound: 'Vome.NotFound',
  shiftFull: 'Vome.ShiftFull',
  alreadyReserved: 'Vome.AlreadyReserved',
  profileArchived: 'Vome.ProfileArchived',
  notApproved: 'Vome.NotApproved',
  opportunityClosed: 'Vome.OpportunityClosed',
  noFreeShift: 'Vome.NoFreeShift',
  wrongState: 'Vome.WrongState',
  tooEarly: 'Vome.TooEarly',
  tooLate: 'Vome.TooLate',
  administratorOnly: 'Vome.AdministratorOnly',
  limitReached: 'Vome.LimitReached',
  notEligible: 'Vome.NotEligible',
  alreadyAssigned: 'Vome.AlreadyAssigned',
  notPublished: 'Vome.NotPublished',
  formClosed: 'Vome.FormClosed',
  inUse: 'Vome.InUse',
  taken: 'Vome.Taken',
} as const

/** A request that is well formed but not possible as things stand: 409, naming the field. */
export function conflict(code: string, field: string, message: string) {
  const problem: FieldProblem = { field, rule: code.replace('Vome.', ''), message }
  return refused({ status: 409, code, message, fields: [problem] })
}

/** 404 for the thing in the path. */
export function notFound(what: string, id: string) {
  const message = `There is no ${what} "${id.slice(0, 60)}".`
  return refused({
    status: 404,
    code: vomeErrors.notFound,
    message,
    fields: [{ field: 'id', rule: 'exists', message }],
  })
}
