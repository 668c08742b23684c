import { type Flow, type NamedFile, type Problem, readFlowFiles } from '@flowstead/definition'
import type { ReviewFacts } from '../facts.ts'
import { subjectOf } from '../subject/subject.ts'
import type { SolutionSubject } from './solution-subject.ts'

/** Reads files and archives into what is reviewed together; nothing is thrown on what they hold. */
export function solutionSubjectOf(
  files: readonly NamedFile[],
  { facts }: { readonly facts: ReviewFacts | undefined },
): SolutionSubject {
  const { flows, problems } = readFlowFiles(files)
  return subjectOfFlows(flows, problems, facts)
}

function subjectOfFlows(
  flows: readonly Flow[],
  problems: readonly Problem[],
  facts: ReviewFacts | undefined,
): SolutionSubject {
  return { flows, problems, solutions: [], subjects: flows.map((flow) => subjectOf(flow, facts)) }
}
