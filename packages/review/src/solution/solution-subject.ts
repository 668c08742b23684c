import type { Flow, Problem } from '@flowstead/definition'
import type { Subject } from '../subject/subject.ts'
import type { SolutionFacts } from './solution-facts.ts'

/** Everything that is reviewed together. */
export interface SolutionSubject {
  readonly flows: readonly Flow[]
  readonly subjects: readonly Subject[]
  /** What could not be read, as the definition package says it. */
  readonly problems: readonly Problem[]
  /** What the solution says beside its flows; one for each solution among the files. */
  readonly solutions: readonly SolutionFacts[]
}
