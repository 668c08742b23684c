import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Row, type Run, type SampleServer, startSamples } from './sample-server.testing.ts'

const owner = 'owner@flowstead.example'
const flows = ['Nightly review', 'Scanned business card']

/** The rows of a mail's table, without the findings. */
function figuresIn({ html }: Row) {
  const rows = /<tr><td>(.*?)<\/td><td>(\d+)<\/td><td>(\d+)<\/td><td>(\d+)<\/td>/g
  return [...html.matchAll(rows)].map(([, name, ...figures]: string[]) => {
    const [score = 0, actions = 0, complexity = 0] = figures.map(Number)
    return { name, score, actions, complexity }
  })
}

describe('the nightly review of every flow', () => {
  let samples: SampleServer
  let run: Run
  let mails: readonly Row[]
  beforeAll(async () => {
    samples = await startSamples(['nightly-review', 'scanned-card'], ['autoreview', 'mail'])
    await samples.start('Nightly review')
    run = (await samples.runs('Nightly review', 1))[0] as Run
    mails = await samples.mails(owner)
  }, 60_000)
  afterAll(() => samples.close())

  test('succeeds, and nobody is told of a failure', () => {
    expect([run.status, run.actions.Main, run.actions.Exception]).toEqual([
      'Succeeded',
      'Succeeded',
      'Skipped',
    ])
    expect(mails).toHaveLength(2)
  })

  describe.each([
    ['Get Flow', 'Files_of_flows'],
    ['Get a row by ID', 'Files_of_rows'],
  ])('by %s', (via, files) => {
    const mail = () => mails.find(({ subject }) => subject.startsWith(`Flow reviews by ${via}:`)) as Row

    test('is mailed with the figures of each flow, the lowest score first', () => {
      const figures = figuresIn(mail())
      const scores = figures.map(({ score }) => score)
      expect(figures.map(({ name }) => name).sort()).toEqual(flows)
      expect(figures.find(({ name }) => name === 'Nightly review')).toMatchObject({
        actions: 25,
        complexity: 35,
      })
      expect(scores).toEqual([...scores].sort((a, b) => a - b))
      expect(mail().subject).toContain(`2 flows, lowest score ${scores[0]}`)
    })

    test('has the review of each flow attached, as AutoReview gave it', async () => {
      const made = (await samples.outputs(run, files)).body as { FileName: string; Content: string }[]
      const texts = made.map(({ Content }) => Buffer.from(Content, 'base64').toString())
      expect(made.map(({ FileName }) => FileName).sort()).toEqual(flows.map((flow) => `${flow}.html`))
      for (const [at, text] of texts.entries()) {
        expect(await samples.attachment(mail(), at + 1)).toBe(text)
        expect(text).toMatch(/^<!doctype html>/i)
        expect(text).toContain(made[at]?.FileName.replace('.html', ''))
        expect(text).toContain(owner)
      }
      expect(mail().attachments).toEqual(
        made.map(({ FileName }, at) => ({
          filename: FileName,
          mime_type: 'text/html',
          size: Buffer.byteLength(texts[at] ?? ''),
        })),
      )
    })
  })

  test('reads the same definition by both ways: the figures are equal', () => {
    const [one, other] = mails.map(figuresIn)
    expect(one).toEqual(other)
  })
})
