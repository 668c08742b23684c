import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, requestFlow, startIn, temporaryProject } from '../server.testing.ts'
import type { RunningServer } from '../start-server.ts'

const api = (name: string, operationId: string, parameters: object, runAfter: object = {}) => ({
  type: 'OpenApiConnection',
  inputs: {
    host: { connectionName: name, operationId, apiId: `/providers/Microsoft.PowerApps/apis/${name}` },
    parameters,
  },
  runAfter,
})
const respond = (body: unknown, after: string) => ({
  type: 'Response',
  inputs: { statusCode: 200, body },
  runAfter: { [after]: ['Succeeded'] },
})
const secret = 'hunter2-long'
const reader = {
  ...requestFlow({
    List: api('shared_flowmanagement', 'ListMyFlows', {
      environmentName: "@workflow()?['tags']?['environmentName']",
    }),
    Get: api(
      'shared_flowmanagement',
      'GetFlow',
      { environmentName: 'Default', flowName: "@workflow()?['tags']['logicAppName']" },
      { List: ['Succeeded'] },
    ),
    Rows: api(
      'shared_commondataserviceforapps',
      'ListRecords',
      { entityName: 'workflows', $filter: "name eq '@{workflow()['tags']['flowDisplayName']}'" },
      { Get: ['Succeeded'] },
    ),
    Row: api(
      'shared_commondataserviceforapps',
      'GetItem',
      { entityName: 'workflows', recordId: "@first(outputs('Rows')?['body/value'])?['workflowid']" },
      { Rows: ['Succeeded'] },
    ),
    Response: respond(
      {
        listed: "@outputs('List')?['body/value']",
        flow: "@body('Get')",
        row: "@body('Row')",
        data: "@json(outputs('Row')?['body/clientdata'])",
      },
      'Row',
    ),
  }),
  parameters: { Key: { type: 'SecureString', defaultValue: secret } },
}

describe('a flow that reads the flows of its server', () => {
  const project = temporaryProject(
    { other: requestFlow({ Note: { type: 'Compose', inputs: 1, runAfter: {} } }) },
    {
      connectors: [join(import.meta.dirname, '../../../../connectors')],
      connections: {
        shared_flowmanagement: { connector: 'FlowManagement', target: 'local:server', throttle: null },
        shared_commondataserviceforapps: { connector: 'CommonDataServiceForApps', target: 'local:server' },
      },
    },
  )
  const reference = (name: string) => ({ runtimeSource: 'embedded', connection: {}, api: { name } })
  const connectionReferences = {
    shared_flowmanagement: reference('shared_flowmanagement'),
    shared_commondataserviceforapps: reference('shared_commondataserviceforapps'),
  }
  const solution = { properties: { connectionReferences, definition: reader }, schemaVersion: '1.0.0.0' }
  writeFileSync(join(project.dir, 'reader.flow.json'), JSON.stringify(solution))

  let server: RunningServer
  beforeAll(async () => {
    server = await startIn(project.dir)
  })
  afterAll(async () => {
    await server.close()
    project.remove()
  })

  const flowNamed = (name: string) => {
    const found = server.flows().find((flow) => flow.name.includes(name))
    if (!found) throw new Error(`There is no flow ${name}`)
    return found
  }
  const read = async () => {
    const response = await fetch(flowNamed('reader').triggers[0]?.url ?? '', { method: 'POST', body: '{}' })
    // biome-ignore lint/suspicious/noExplicitAny: the test looks into an answer of many shapes
    return { status: response.status, body: (await response.json()) as any }
  }

  test('gets itself by both ways, without the secret of its parameter', async () => {
    const { status, body } = await read()
    expect(status).toBe(200)
    const { id, name } = flowNamed('reader')
    const { defaultValue: _, ...key } = reader.parameters.Key
    const definition = { ...reader, parameters: { Key: key } }
    expect(body.flow).toMatchObject({
      name: id,
      properties: { displayName: name, state: 'Started', definition },
    })
    expect(body.row).toMatchObject({ workflowid: id, name, statecode: 1, statuscode: 2 })
    expect(body.data).toEqual({ ...solution, properties: { connectionReferences, definition } })
    expect(body.row.createdon).toBe(body.flow.properties.createdTime.replace(/\.\d+Z/, 'Z'))
    expect(JSON.stringify(body)).not.toContain(secret)
  })

  test('sees what was turned off, and when a flow came and took its version', async () => {
    const other = flowNamed('other')
    await ask(server, `/api/flows/${other.id}/disable`, { method: 'POST' })
    const before = (await read()).body.listed.find((flow: { name: string }) => flow.name === other.id)
    expect(before.properties.state).toBe('Stopped')
    expect(before.properties.lastModifiedTime).toBe(before.properties.createdTime)

    const definition = requestFlow({ Note: { type: 'Compose', inputs: 2, runAfter: {} } })
    const text = JSON.stringify({ definition, kind: 'Stateful' })
    const files = [{ name: other.file, content: Buffer.from(text).toString('base64') }]
    const taken = await ask(server, '/api/flows/import', { method: 'POST', body: { files, replace: true } })
    expect(taken.status).toBe(200)
    const after = (await read()).body.listed.find((flow: { name: string }) => flow.name === other.id)
    expect(after.properties.createdTime).toBe(before.properties.createdTime)
    expect(after.properties.lastModifiedTime > before.properties.lastModifiedTime).toBe(true)
  })

  test('has both connections ready, though they hold nothing', async () => {
    const { body } = await ask(server, '/api/connections')
    expect(body.value).toEqual([
      expect.objectContaining({ key: 'shared_flowmanagement', target: 'local:server', status: 'ready' }),
      expect.objectContaining({ key: 'shared_commondataserviceforapps', status: 'ready' }),
    ])
  })
})
