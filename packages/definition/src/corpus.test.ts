import { describe, expect, test } from 'vitest'
import { corpus, corpusBytes } from './corpus.testing.ts'
import type { Flow } from './flow.ts'
import { readFlows } from './read-flows.ts'
import { validateFlow } from './validate/validate-flow.ts'
import { depthOf, walkActions } from './walk.ts'

const formats: Readonly<Record<string, string>> = {
  'arm-template': 'arm-template',
  'bare-definition': 'bare',
  'flow-api-resource': 'flow-resource',
  'legacy-package': 'legacy-package',
  'logicapp-resource': 'logicapp-resource',
  'logicapps-standard-workflow': 'workflow.json',
  'solution-workflow': 'solution',
}

describe('corpus', () => {
  test('holds 159 definitions and 12 packages', () => {
    expect([corpus.definitions.length, corpus.packages.length]).toEqual([159, 12])
  })

  test.each(corpus.definitions)(
    '$file is read with no action lost and nothing the platform would refuse',
    (entry) => {
      const { flows, problems } = readFlows(corpusBytes(entry.file), entry.file)
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
      const flow = flows.find(
        ({ definitionAt }) => definitionAt === (entry.definitionAt === '/' ? '' : entry.definitionAt),
      )
      expect(
        flows.flatMap((each) => validateFlow(each)).filter(({ severity }) => severity === 'error'),
      ).toEqual([])
      expect(flow && countsOf(flow)).toEqual({
        format: formats[entry.kind],
        actions: entry.actions,
        maxDepth: entry.maxDepth,
        triggers: entry.triggers.map((trigger) => trigger.toLowerCase()),
        actionTypes: lowerCased(entry.actionTypes),
      })
    },
  )

  test.each(corpus.packages)('$file gives its $definitions definitions', ({ file, definitions, kind }) => {
    const { flows, problems } = readFlows(corpusBytes(file), file)
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(flows.length).toBe(definitions)
    if (kind !== 'project-zip') expect(flows.every(({ id }) => /^[0-9a-f-]{36}$/.test(id))).toBe(true)
  })
})

function countsOf(flow: Flow) {
  const types: Record<string, number> = {}
  let actions = 0
  for (const { action } of walkActions(flow)) {
    const type = action.type.toLowerCase()
    types[type] = (types[type] ?? 0) + 1
    actions += 1
  }
  const triggers = flow.triggers.map(({ type, kind }) =>
    (kind === undefined ? type : `${type}/${kind}`).toLowerCase(),
  )
  return { format: flow.format, actions, maxDepth: depthOf(flow), triggers, actionTypes: types }
}

function lowerCased(counts: Readonly<Record<string, number>>): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const [type, count] of Object.entries(counts))
    sums[type.toLowerCase()] = (sums[type.toLowerCase()] ?? 0) + count
  return sums
}
