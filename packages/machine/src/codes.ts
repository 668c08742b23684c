/** Codes of the exceptions this package throws: broken promises of a caller, a journal or ourselves. */
export const codes = {
  /** An event for a run that has ended. */
  runEnded: 'Machine.RunEnded',
  /** An event before the work of the last one was done. */
  busy: 'Machine.Busy',
  /** A journal entry that does not fit what the run is waiting for. */
  journalMismatch: 'Machine.JournalMismatch',
  /** A running run that waits for nothing. */
  stuck: 'Machine.Stuck',
  /** A command key opened twice in one run. */
  keyReused: 'Machine.KeyReused',
  /** Actions that run after each other in a circle. */
  cycle: 'Machine.Cycle',
  /** A part of a definition the machine cannot make sense of; the action fails when it is reached. */
  invalidAction: 'Machine.InvalidAction',
} as const
