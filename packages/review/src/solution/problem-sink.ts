import { type NamedFile, type Problem, type ProblemCode, problemCodes } from '@flowstead/definition'
import { type FlowsteadError, isFlowsteadError } from '@flowstead/errors'

/** Takes what could not be read; the rest goes on. */
export type ProblemSink = (error: FlowsteadError, file: string) => void

/** A sink that fills a list, each problem with the severity of its code. */
export function problemsInto(list: Problem[]): ProblemSink {
  return ({ code, message, hint }, file) =>
    void list.push({
      code,
      severity: problemCodes[code as ProblemCode].severity,
      message,
      file,
      pointer: '',
      ...(hint === undefined ? {} : { hint }),
    })
}

/** What `read` makes of a file; `undefined` when it cannot be read, which is told. */
export function reading<T>({ name }: NamedFile, problem: ProblemSink, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (!isFlowsteadError(error)) throw error
    problem(error, name)
    return undefined
  }
}
