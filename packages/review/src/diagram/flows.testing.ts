import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Flow, readFlowFiles } from '@flowstead/definition'

const root = fileURLToPath(new URL('../../../../conformance/corpus/', import.meta.url))

/** Every flow of the corpus. */
export function corpusFlows(): readonly Flow[] {
  const index = JSON.parse(readFileSync(`${root}index.json`, 'utf8')) as { definitions: { file: string }[] }
  const names = [...new Set(index.definitions.map(({ file }) => file))]
  return readFlowFiles(names.map((name) => ({ name, bytes: readFileSync(`${root}${name}`) }))).flows
}

/** A flow with these actions, started by a request. */
export function flowOf(actions: object, others: object = {}): Flow {
  const definition = {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
    actions,
    ...others,
  }
  const bytes = new TextEncoder().encode(JSON.stringify({ definition }))
  const [flow] = readFlowFiles([{ name: 'Example.json', bytes }]).flows
  if (flow === undefined) throw new Error('The example is no flow.')
  return flow
}

/** `Compose` actions by name, each after the ones named with it. */
export function composes(runAfter: Readonly<Record<string, readonly string[]>>): object {
  return Object.fromEntries(
    Object.entries(runAfter).map(([name, earlier]) => [
      name,
      {
        type: 'Compose',
        inputs: 1,
        runAfter: Object.fromEntries(earlier.map((each) => [each, ['Succeeded']])),
      },
    ]),
  )
}
