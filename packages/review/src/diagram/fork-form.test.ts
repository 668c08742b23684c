import { expect, test } from 'vitest'
import { forkFormOf, type Series } from './fork-form.ts'
import type { DiagramEdge } from './model.ts'

function formOf(arrows: string): string | undefined {
  const pairs = arrows.split(' ').map((pair) => pair.split('>') as [string, string])
  const names = [...new Set(pairs.flat())]
  const form = forkFormOf(
    names.map((id) => ({ id, width: 10, height: 10 })),
    pairs.map(
      ([from, to]): DiagramEdge => ({ from, to, line: 'solid', statuses: [], after: 'plain', label: '' }),
    ),
  )
  return form === undefined ? undefined : printed(form)
}

function printed({ parts, leave }: Series): string {
  const inside = parts.map(({ of }) =>
    'branches' in of ? `(${of.branches.map(printed).join(' | ')})` : of.id,
  )
  return [...inside, ...(leave === undefined ? [] : [`>${leave.to}`])].join(' ')
}

test.each([
  ['a>b b>c', 'a b c'],
  ['a>b a>c b>d c>d d>e', 'a (b >d | c >d) d e'],
  ['a>b a>c c>d', 'a (b | c d)'],
  ['a>b a>c b>d a>d', 'a (b >d | c | >d) d'],
  ['a>b b>c a>c c>d', 'a (b >c | >c) c d'],
  ['a>b a>c c>d c>e e>f b>f', 'a (b >f | c (d | e >f) >f) f'],
  ['a>b a>c b>d b>e d>f e>f f>g c>g', 'a (b (d >f | e >f) f >g | c >g) g'],
  ['a>b a>c b>d c>d b>e c>e', undefined],
  ['a>b c>b', undefined],
  ['a>b b>c c>b', undefined],
  ['a>b b>a', undefined],
])('%s has the form %s', (arrows, form) => {
  expect(formOf(arrows)).toBe(form)
})
