/**
 * Named places where a test may end the process. The hook does nothing by default; it is called with
 * everything before it done and nothing after it begun.
 */
export const crashPoints = [
  /** A trigger was taken, nothing is stored. */
  'start',
  /** The run is stored, its caller was not told and nothing left the process. */
  'started',
  /** A call is open in the journal, its request has not left. */
  'call',
  /** The answer of a call is here and not stored. */
  'answered',
  /** An event and what follows from it are worked out, not stored. */
  'append',
  /** They are stored, nothing that depends on them has left. */
  'appended',
  /** The answer for the caller is stored and has not left. */
  'respond',
  /** The run's end is stored, nobody was told. */
  'finish',
  /** A run was read again after a restart, nothing was added. */
  'recover',
] as const

export type CrashPoint = (typeof crashPoints)[number]
