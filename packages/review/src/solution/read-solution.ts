import { type NamedFile, type Problem, readFlowFiles } from '@flowstead/definition'
import type { ReviewFacts } from '../facts.ts'
import { subjectOf } from '../subject/subject.ts'
import { problemsInto } from './problem-sink.ts'
import { readSolutionFacts } from './solution-facts-of.ts'
import type { SolutionSubject } from './solution-subject.ts'

/** Reads files and archives into what is reviewed together; nothing is thrown on what they hold. */
export function solutionSubjectOf(
  files: readonly NamedFile[],
  { facts }: { readonly facts: ReviewFacts | undefined },
): SolutionSubject {
  const { flows, problems } = readFlowFiles(files)
  const more: Problem[] = []
  const solutions = readSolutionFacts(files, problemsInto(more))
  return {
    flows,
    problems: [...problems, ...more.filter((problem) => !problems.some((known) => isSame(known, problem)))],
    solutions,
    subjects: flows.map((flow) => subjectOf(flow, facts)),
  }
}

/** Archives and `customizations.xml` are read for flows and for the solution: what is wrong with them is told once. */
function isSame(one: Problem, other: Problem): boolean {
  return one.file === other.file && one.code === other.code
}
