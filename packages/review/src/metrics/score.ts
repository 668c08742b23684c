// The score as lines. Each tells what it could bring, what it brought, why and where the rest was lost, and what wins
// it back. The score is the sum of what the lines brought; nothing else goes into it, and it has no cap at 100.
import { bandLines } from './band-lines.ts'
import type { ScoreLine } from './metrics.ts'
import { handlerLine, mainLine, variableLines } from './pass-lines.ts'
import type { Scored } from './score-line.ts'
import { thresholdLines } from './threshold-lines.ts'

/** Lines of the score, in the order of the scoring configuration. */
export function scoreLines(scored: Scored): ScoreLine[] {
  return [
    handlerLine(scored),
    mainLine(scored),
    ...variableLines(scored),
    ...thresholdLines(scored),
    ...bandLines(scored),
  ]
}
