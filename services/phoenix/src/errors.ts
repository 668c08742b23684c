import { type FieldProblem, refused } from '@flowstead/service-kit'

/** Codes of this service, as its clients see them. */
export const phoenixErrors = {
  notFound: 'Phoenix.NotFound',
  deleted: 'Phoenix.SessionDeleted',
  notPlanned: 'Phoenix.SessionNotPlanned',
  alreadyStarted: 'Phoenix.SessionStarted',
  notStarted: 'Phoenix.SessionNotStarted',
  wrongNotice: 'Phoenix.WrongNotice',
  partOrder: 'Phoenix.PartOrder',
  keyIdTaken: 'Phoenix.KeyIdTaken',
  idTaken: 'Phoenix.IdTaken',
  notHeld: 'Phoenix.EventNotHeld',
  notSettled: 'Phoenix.EventNotSettled',
} as const

/** A request that is well formed but not possible as things stand: 409, naming the field. */
export function conflict(code: string, field: string, message: string) {
  const problem: FieldProblem = { field, rule: code.replace('Phoenix.', ''), message }
  return refused({ status: 409, code, message, fields: [problem] })
}

/** 404 for the thing that the path names by `field`. */
export function notFound(what: string, field: string, value: string) {
  const message = `There is no ${what} "${value.slice(0, 60)}".`
  return refused({
    status: 404,
    code: phoenixErrors.notFound,
    message,
    fields: [{ field, rule: 'exists', message }],
  })
}
