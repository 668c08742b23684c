/** Where a problem is and what to do about it. */
export interface ErrorPlace {
  /** JSON pointer or dotted path into the user's file, or the name of the offending parameter. */
  readonly path?: string | undefined
  /** Offset in the expression or file, in UTF-16 units from 0. */
  readonly at?: number | undefined
  /** What to do next, as a full sentence. */
  readonly hint?: string | undefined
  /** Facts a program may want; never a secret, a token or a whole request body. */
  readonly details?: Readonly<Record<string, unknown>> | undefined
  readonly cause?: unknown
}

/** The one error class. `code` is stable and namespaced, such as `Definition.MissingRunAfter`. */
export class FlowsteadError extends Error {
  readonly code: string
  readonly path: string | undefined
  readonly at: number | undefined
  readonly hint: string | undefined
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(code: string, message: string, place: ErrorPlace = {}) {
    super(message, place.cause === undefined ? undefined : { cause: place.cause })
    this.name = 'FlowsteadError'
    this.code = code
    this.path = place.path
    this.at = place.at
    this.hint = place.hint
    this.details = place.details
  }

  /** The form in which an error leaves the process; the stack and the cause stay inside. */
  toJSON(): { code: string; message: string; path?: string; at?: number; hint?: string } {
    return {
      code: this.code,
      message: this.message,
      ...(this.path === undefined ? {} : { path: this.path }),
      ...(this.at === undefined ? {} : { at: this.at }),
      ...(this.hint === undefined ? {} : { hint: this.hint }),
    }
  }
}

/** Whether a caught value is ours; everything else is a bug or comes from a library. */
export function isFlowsteadError(error: unknown): error is FlowsteadError {
  return error instanceof FlowsteadError
}

/** Shortens an offending value for a message, so that a hostile value cannot fill a log. */
export function quoted(value: unknown, maxLength = 60): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, plainNumber) ?? String(value))
  return `"${text.length > maxLength ? `${text.slice(0, maxLength)}…` : text}"`
}

/** JSON has no form for the large integers of definitions. */
function plainNumber(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
