import { FlowsteadError, quoted } from '@flowstead/errors'

/** A parsed query; a name that comes twice gives a list. */
export type Query = Readonly<Record<string, unknown>>

/** Texts of a parameter that may come twice or hold commas. */
export function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((text) =>
    typeof text === 'string' && text !== '' ? text.split(',') : [],
  )
}

/** @throws `Server.BadRequest` when a text is none of `known`, whatever the letter case */
export function statusesOf<Status extends string>(value: unknown, known: readonly Status[]): Status[] {
  return textsOf(value).map((text) => {
    const status = known.find((one) => one.toLowerCase() === text.toLowerCase())
    if (status !== undefined) return status
    throw new FlowsteadError('Server.BadRequest', `There is no status ${quoted(text)}.`, {
      path: 'status',
      hint: `It is one of ${known.join(', ')}.`,
    })
  })
}

/** A whole number of a query. @throws `Server.BadRequest` when it is none from `least` to `most` */
export function wholeOf(value: unknown, path: string, least: number, most: number): number {
  const number = Number(value)
  if (Number.isInteger(number) && number >= least && number <= most) return number
  const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`
  throw new FlowsteadError(
    'Server.BadRequest',
    `The ${path} ${quoted(value)} is not a whole number ${range}.`,
    { path },
  )
}
