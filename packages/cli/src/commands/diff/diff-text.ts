import { type Change, type Comparison, changeKinds } from '@flowstead/review'
import type { Paint } from '../../paint.ts'
import { plural } from '../../problem-text.ts'

const signs = { N: '+', D: '-', E: '~', A: '~', R: '>', M: '>' } as const

/** The changes from one version to another for a terminal, with what they mean for score and findings. */
export function diffText({ after, changes, leftOut, review }: Comparison, paint: Paint): string {
  const head = `${paint.strong(after.name)}   ${changes.length === 0 ? 'no change in meaning' : plural(changes.length + leftOut, 'change')}`
  const more = leftOut === 0 ? [] : [`  and ${leftOut} more`]
  const verdict =
    review === undefined
      ? []
      : [
          `  score ${review.score.before} to ${review.score.after}, ` +
            `${plural(review.newFindings.length, 'new finding')}, ${review.goneFindings.length} gone`,
          ...review.newFindings.map(({ rule, message }) => paint.warn(`  new ${rule}: ${message}`)),
        ]
  return `${[head, ...changes.map((change) => changeText(change, paint)), ...more, ...verdict].join('\n')}\n`
}

function changeText(change: Change, paint: Paint): string {
  const { kind, subject, name, path, before, after, note } = change
  const colour = kind === 'N' ? paint.good : kind === 'D' ? paint.bad : paint.warn
  const what = [subject, name, path].filter((part) => part !== '').join(' ')
  const values = [
    ...(before === undefined ? [] : [`      - ${before}`]),
    ...(after === undefined ? [] : [`      + ${after}`]),
    ...(note === undefined ? [] : [`      ${note}`]),
  ]
  return [`  ${colour(`${signs[kind]} ${changeKinds[kind]}`)} ${what}`, ...values].join('\n')
}
