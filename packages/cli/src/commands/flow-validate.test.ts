import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkedJson, checkout, cli, temporaryFolder } from '../cli.testing.ts'

const broken = `{
  "definition": {
    "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
    "contentVersion": "1.0.0.0",
    "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
    "actions": {
      "First": { "type": "Compose", "inputs": 1, "runAfter": {} },
      "Second": { "type": "Compose", "inputs": 2, "runAfter": { "Firs": ["Succeeded"] } }
    }
  }
}
`

function brokenFile(): string {
  const file = join(temporaryFolder(), 'workflow.json')
  writeFileSync(file, broken)
  return file
}

test('the sample flows have no errors', async () => {
  const { code, out } = await cli(['flow', 'validate', 'examples'], { cwd: checkout })
  expect(out).toMatch(/^\d+ flows checked: 0 errors, 0 warnings$/m)
  expect(code).toBe(0)
})

test('a problem is printed with code, file, line, pointer and hint', async () => {
  const { code, out } = await cli(['flow', 'validate', brokenFile()])
  expect(code).toBe(1)
  expect(out).toContain('error[Definition.MissingRunAfter]')
  expect(out).toMatch(/ --> .*workflow\.json:8:\d+ {3}\/definition\/actions\/Second\/runAfter/)
  expect(out).toMatch(/\n {3}\| .*First/)
})

test('--json follows its schema, with and without problems', async () => {
  checkedJson((await cli(['flow', 'validate', 'examples', '--json'], { cwd: checkout })).out, 'validation/1')
  checkedJson((await cli(['flow', 'validate', brokenFile(), '--json'])).out, 'validation/1')
})

test('a file that is not JSON is a problem, not a crash', async () => {
  const file = join(temporaryFolder(), 'flow.json')
  writeFileSync(file, 'hello')
  const { code, out } = await cli(['flow', 'validate', file])
  expect(code).toBe(1)
  expect(out).toContain('error[Definition.')
})
