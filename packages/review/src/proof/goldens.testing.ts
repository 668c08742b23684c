import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { conformanceJson } from '../corpus.testing.ts'
import type { FlowReview } from '../flow-review.ts'
import type { Profile } from '../metrics/metrics.ts'
import { review } from '../review.ts'

/** A published flow whose review is kept. */
export interface Golden {
  readonly name: string
  readonly files: readonly string[]
  /** Name of the flow among those of the files; the first one by default. */
  readonly flow?: string
}

export const goldens = conformanceJson<{ readonly goldens: readonly Golden[] }>(
  'review/goldens/index.json',
).goldens

/** The review of a golden's flow. */
export function reviewGolden({ name, files, flow }: Golden, profile: Profile): FlowReview {
  const given = files.map((file) => ({
    name: file,
    bytes: new Uint8Array(readFileSync(goldenFile(`../../corpus/${file}`))),
  }))
  const { flows } = review(given, { profile })
  const found = flows.find((each) => flow === undefined || each.flow.name === flow)
  if (found === undefined)
    throw new Error(`${name} has no such flow, but ${flows.map((each) => each.flow.name).join(', ')}.`)
  return found
}

/** A file of the folder in which goldens are kept. */
export function goldenFile(name: string): string {
  return fileURLToPath(new URL(`../../../../conformance/review/goldens/${name}`, import.meta.url))
}
