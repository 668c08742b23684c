import { type PlacedExpression, readExpressions } from '../expressions.ts'
import type { Flow, Problem } from '../flow.ts'
import { type Finding, problemsOf, problemsWithoutLines } from '../report.ts'
import { type ConnectorFacts, checkConnections } from './connections.ts'
import { checkGrammar } from './grammar.ts'
import { checkReferences } from './references.ts'
import { checkRunAfter } from './run-after.ts'

/**
 * What is wrong with the structure of a flow: grammar, references, connections, in this order. Problems of
 * severity `error` are those for which the platform would refuse to save it.
 * @param facts without them operations of connectors are not checked.
 */
export function validateFlow(flow: Flow, facts?: ConnectorFacts): Problem[] {
  return problemsOf(findingsOf(flow, readExpressions(flow), facts), flow.file, flow.text)
}

/**
 * `validateFlow` without lines and without facts, for who finds places himself.
 * @param expressions those of the flow, as `readExpressions` gives them.
 */
export function problemsOfStructure(flow: Flow, expressions: readonly PlacedExpression[]): Problem[] {
  return problemsWithoutLines(findingsOf(flow, expressions, undefined), flow.file)
}

function findingsOf(
  flow: Flow,
  expressions: readonly PlacedExpression[],
  facts: ConnectorFacts | undefined,
): Finding[] {
  const findings: Finding[] = [...flow.misshapen]
  const report = (finding: Finding): void => void findings.push(finding)
  checkGrammar(flow, report)
  checkRunAfter(flow, report)
  checkReferences(flow, expressions, report)
  checkConnections(flow, facts, report)
  return findings
}
