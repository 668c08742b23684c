import {
  type Change,
  type ChangeKind,
  type ChangeSubject,
  type Comparison,
  changeKinds,
} from '../compare/comparison.ts'

const titles: Readonly<Record<ChangeSubject, string>> = {
  flow: 'The flow itself',
  trigger: 'Trigger',
  parameter: 'Parameters',
  'connection reference': 'Connection references',
  variable: 'Variables',
  action: 'Actions',
}

/** Changes under a title for each thing they are about; titles without changes are left out. */
export function changeGroups({
  changes,
}: Comparison): { readonly title: string; readonly changes: readonly Change[] }[] {
  const subjects = Object.keys(titles) as ChangeSubject[]
  return subjects
    .map((subject) => ({
      title: titles[subject],
      changes: changes.filter((each) => each.subject === subject),
    }))
    .filter((group) => group.changes.length > 0)
}

/** `3 new, 1 renamed, 12 edited`. */
export function countsText({ counts }: Comparison): string {
  const order: readonly ChangeKind[] = ['N', 'D', 'R', 'M', 'E', 'A']
  return order
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind].toLocaleString('en')} ${changeKinds[kind]}`)
    .join(', ')
}
