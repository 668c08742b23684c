/** The kinds of steps, and the statuses that each can have besides pending, complete and expired. */
export const stepKinds = {
  file_upload: ['uploaded'],
  video: ['watched'],
  fillable_pdf: ['signed'],
  form: ['submitted'],
  interview: [],
  orientation: [],
  training: [],
  custom: [],
  checklist: [],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type StepKind = keyof typeof stepKinds

/** All there are. */
export const stepStatuses = ['pending', 'uploaded', 'submitted', 'watched', 'signed', 'complete', 'expired']

/** Whether a step of this kind can have this status. */
export function fitsKind(status: string, kind: StepKind): boolean {
  if (['pending', 'complete', 'expired'].includes(status)) return true
  return (stepKinds[kind] as readonly string[]).includes(status)
}
