import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkedJson, cli, temporaryFolder } from '../cli.testing.ts'
import { type FakeAnswer, fakeServer } from '../fake-server.testing.ts'

const trigger = { name: 'manual', type: 'Request', title: 'request' }
const flow = {
  id: 'f-1',
  name: 'Card to client',
  state: 'on',
  dialect: 'LogicApps',
  format: 'workflow.json',
  file: 'card.json',
  version: 'abc',
  triggers: [trigger],
  problems: [],
}
const flows = { body: { schema: 'flows/1', value: [flow, { ...flow, id: 'f-2', name: 'Card to lead' }] } }
const properties = {
  startTime: '2026-01-01T00:00:00.0000000Z',
  endTime: '2026-01-01T00:00:01.0000000Z',
  status: 'Succeeded',
  workflow: { id: 'f-1', name: 'Card to client' },
  trigger: { name: 'manual', status: 'Succeeded' },
}
const action = { status: 'Succeeded', inputs: { card: 1 }, outputs: { id: 2 } }
const run = { id: '/runs/r1', name: 'r1', properties: { ...properties, actions: { Compose: action } } }

async function ask(argv: readonly string[], routes: Readonly<Record<string, FakeAnswer>>) {
  const server = await fakeServer({ 'GET /api/flows': flows, ...routes })
  const tokenFile = join(temporaryFolder(), 'token')
  writeFileSync(tokenFile, 'secret-token\n')
  const result = await cli([...argv, '--server', server.url, '--token-file', tokenFile])
  return { ...result, asked: server.asked }
}

describe('flow', () => {
  test('list is signed in and prints state, name, trigger and id', async () => {
    const { code, out, asked } = await ask(['flow', 'list'], {})
    expect(code).toBe(0)
    expect(out).toBe('on  Card to client  request  f-1\non  Card to lead    request  f-2\n')
    expect(asked[0]?.token).toBe('secret-token')
  })

  test('list --json names its schema', async () => {
    checkedJson((await ask(['flow', 'list', '--json'], {})).out, 'flows/1')
  })

  const started = { 'POST /api/flows/f-1/triggers/manual/run': { status: 202, body: { run: 'r1' } } }

  test('run waits for the end and shows the actions', async () => {
    const { code, out, asked } = await ask(['flow', 'run', 'card to client', '--set', 'card.name=Ana'], {
      ...started,
      'GET /api/runs/r1/wait?seconds=30': { body: { schema: 'run/1', ...run } },
      'GET /api/flows/f-1': { body: { ...flow, definition: { actions: { Compose: {} } } } },
    })
    expect(code).toBe(0)
    expect(out).toContain('Compose')
    expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({ body: { card: { name: 'Ana' } } })
  })

  test('run exits with 1 when the run did not succeed', async () => {
    const failed = { ...run, properties: { ...run.properties, status: 'Failed' } }
    const { code, out } = await ask(['flow', 'run', 'f-1', '--json'], {
      ...started,
      'GET /api/runs/r1/wait?seconds=30': { body: { schema: 'run/1', ...failed } },
    })
    expect(code).toBe(1)
    checkedJson(out, 'run/1')
  })

  test('run exits with 1 and the reason when the trigger was skipped', async () => {
    const { code, err } = await ask(['flow', 'run', 'f-1'], {
      'POST /api/flows/f-1/triggers/manual/run': { status: 202, body: { run: null, reason: 'condition' } },
    })
    expect(code).toBe(1)
    expect(err).toBe('No run was started: condition.\n')
  })

  test('run --no-wait gives the id at once', async () => {
    const { out } = await ask(['flow', 'run', 'f-1', '--no-wait', '--json'], started)
    expect(checkedJson(out, 'started/1')).toMatchObject({ run: 'r1' })
  })

  test('a name that can mean two flows is refused with their ids', async () => {
    const { code, err } = await ask(['flow', 'run', 'card'], {})
    expect(code).toBe(1)
    expect(err).toContain('f-1, f-2')
  })

  test.each(['enable', 'disable'])('%s says the state the flow has now', async (verb) => {
    const off = { [`POST /api/flows/f-1/${verb}`]: { body: { schema: 'flow/1', ...flow, state: 'off' } } }
    expect((await ask(['flow', verb, 'f-1'], off)).out).toContain('Card to client is off')
    checkedJson((await ask(['flow', verb, 'f-1', '--json'], off)).out, 'flow/1')
  })
})

describe('run', () => {
  const list = { 'GET /api/runs?limit=20': { body: { schema: 'runs/1', value: [run] } } }

  test('list prints one line per run', async () => {
    expect((await ask(['run', 'list'], list)).out).toBe(
      'r1  Succeeded  2026-01-01 00:00:00  1.00 s  Card to client\n',
    )
    checkedJson((await ask(['run', 'list', '--json'], list)).out, 'runs/1')
  })

  test('list filters by flow and status', async () => {
    const { asked } = await ask(['run', 'list', '--flow', 'Card to lead', '--status', 'Failed'], {})
    expect(asked.at(-1)?.path).toBe('/api/runs?limit=20&flow=f-2&status=Failed')
  })

  const show = { 'GET /api/runs/r1': { body: { schema: 'run/1', ...run } } }

  test('show works when the flow is gone', async () => {
    const { code, out } = await ask(['run', 'show', 'r1', '--outputs'], show)
    expect(code).toBe(0)
    expect(out).toContain('Compose outputs: {')
  })

  test('show --action prints one action whatever the case of its name', async () => {
    const { out } = await ask(['run', 'show', 'r1', '--action', 'compose', '--json'], show)
    expect(checkedJson(out, 'action/1')).toMatchObject({ name: 'Compose', outputs: { id: 2 } })
  })

  test('an unknown run exits with 1', async () => {
    expect((await ask(['run', 'show', 'r2'], {})).code).toBe(1)
  })

  test('cancel of a run that is over exits with 1 and says what the server said', async () => {
    const { code, err } = await ask(['run', 'cancel', 'r1'], {
      'POST /api/runs/r1/cancel': {
        status: 409,
        body: { error: { code: 'Run.AlreadyFinal', message: 'The run is over.' } },
      },
    })
    expect(code).toBe(1)
    expect(err).toContain('error[Run.AlreadyFinal] The run is over.')
  })

  test('cancel says what became of the run', async () => {
    const cancelled = { ...run, properties: { ...run.properties, status: 'Cancelled' } }
    const { out } = await ask(['run', 'cancel', 'r1'], { 'POST /api/runs/r1/cancel': { body: cancelled } })
    expect(out).toContain('r1 is Cancelled')
  })
})

describe('the rest of the nouns', () => {
  test('trigger url prints the signed address alone', async () => {
    const url = 'http://127.0.0.1:7272/t/f-1/manual?sp=x&sv=1.0&sig=y'
    const answer = { 'GET /api/flows/f-1/triggers/manual/url': { body: { url, method: 'POST' } } }
    expect((await ask(['trigger', 'url', 'f-1'], answer)).out).toBe(`${url}\n`)
    checkedJson((await ask(['trigger', 'url', 'f-1', '--json'], answer)).out, 'trigger-url/1')
  })

  test('trigger url names the triggers there are', async () => {
    const { code, err } = await ask(['trigger', 'url', 'f-1', 'automatic'], {})
    expect(code).toBe(1)
    expect(err).toContain('It has manual.')
  })

  test('connection list says what is missing', async () => {
    const connection = {
      key: 'shared_vome',
      connector: 'Vome',
      target: 'real',
      status: 'incomplete',
      missing: ['api_key'],
    }
    const answer = { 'GET /api/connections': { body: { schema: 'connections/1', value: [connection] } } }
    expect((await ask(['connection', 'list'], answer)).out).toContain('missing: api_key')
    checkedJson((await ask(['connection', 'list', '--json'], answer)).out, 'connections/1')
  })

  test('service list says which run', async () => {
    const service = { name: 'vome', title: 'Vome', url: 'http://127.0.0.1:7281', running: true }
    const answer = { 'GET /api/services': { body: { schema: 'services/1', value: [service] } } }
    expect((await ask(['service', 'list'], answer)).out).toBe('running  vome  Vome  http://127.0.0.1:7281\n')
    checkedJson((await ask(['service', 'list', '--json'], answer)).out, 'services/1')
  })

  test('service emit sends the event with its members', async () => {
    const { out, asked } = await ask(
      ['service', 'emit', 'vome', 'reservation.created', '--set', 'user.first_name=Ana', '--json'],
      { 'POST /api/services/vome/emit': { status: 202, body: {} } },
    )
    checkedJson(out, 'emitted/1')
    expect(asked[0]?.body).toEqual({ event: 'reservation.created', set: { 'user.first_name': 'Ana' } })
  })

  test('a wrong token exits with 5', async () => {
    const refused = {
      status: 401,
      body: { error: { code: 'Api.Unauthorized', message: 'The token is wrong.' } },
    }
    expect((await ask(['connection', 'list'], { 'GET /api/connections': refused })).code).toBe(5)
  })
})

describe('import', () => {
  const plan = {
    schema: 'import/1',
    imported: false,
    flows: [{ id: 'f-3', name: 'New flow', trigger: 'request', actions: 10, state: 'off', isNew: true }],
    connectors: {
      found: [{ api: 'shared_vome', folder: 'connectors/Vome', operations: ['NewReservation'] }],
      missing: [{ api: 'shared_teams', operations: ['PostMessage'] }],
    },
    connections: [{ key: 'shared_vome', api: 'shared_vome', status: 'ready' }],
    unsupported: [{ type: 'Agent', count: 1 }],
    actions: { total: 10, supported: 9 },
    problems: [],
  }
  const problem = {
    code: 'Definition.MissingRunAfter',
    severity: 'error',
    message: 'There is no action "Get".',
    file: 'flow.json',
    pointer: '/definition/actions/Send/runAfter/Get',
    line: 88,
    column: 21,
    hint: 'Did you mean "Get_it"?',
  }

  async function importing(argv: readonly string[], first: FakeAnswer, second: FakeAnswer = first) {
    const answers = [first, second]
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'flow.json'), '{}')
    const server = await fakeServer({
      'POST /api/flows/import': () => answers.shift() ?? {},
      'GET /api/flows': { body: { schema: 'flows/1', value: [] } },
    })
    const tokenFile = join(folder, 'token')
    writeFileSync(tokenFile, JSON.stringify({ url: server.url, token: 't' }))
    const paths = ['import', join(folder, 'flow.json'), '--server', server.url, '--token-file', tokenFile]
    return { ...(await cli([...paths, ...argv])), asked: server.asked }
  }

  test('shows the plan, then imports', async () => {
    const { code, out, asked } = await importing(
      ['--on'],
      { body: plan },
      { body: { ...plan, imported: true } },
    )
    expect(code).toBe(0)
    expect(out.split('\n').slice(0, -2)).toMatchInlineSnapshot(`
      [
        "Flows",
        "  new  New flow  request  10 actions  off",
        "Connectors",
        "  found    shared_vome   connectors/Vome    NewReservation",
        "  missing  shared_teams  fails when called  PostMessage",
        "Connections",
        "  ready  shared_vome  shared_vome",
        "Actions",
        "  supported    9 of 10    90 %",
        "  unsupported  1 × Agent  10 %",
      ]
    `)
    expect(out).toContain('Imported 1 flow')
    const imports = asked.filter(({ method }) => method === 'POST')
    expect(imports.map(({ body }) => body)).toMatchObject([
      { plan: true, on: true },
      { plan: false, on: true, files: [{ content: 'e30=' }] },
    ])
  })

  test('--plan asks once and changes nothing', async () => {
    const { code, asked } = await importing(['--plan'], { body: plan })
    expect(code).toBe(0)
    expect(asked).toHaveLength(1)
  })

  test('a refused import prints problems with place and hint and exits with 1', async () => {
    const refused = { status: 422, body: { ...plan, problems: [problem] } }
    const { code, out, err, asked } = await importing([], refused)
    expect(code).toBe(1)
    expect(out).toContain('  --> flow.json:88:21   /definition/actions/Send/runAfter/Get\n   | Did you mean')
    expect(err).toContain('Nothing was imported.')
    expect(asked).toHaveLength(1)
  })

  test('--json is the one result', async () => {
    const { out, asked } = await importing(['--json'], { body: { ...plan, imported: true } })
    expect(checkedJson(out, 'import/1')).toMatchObject({ imported: true })
    expect(asked).toHaveLength(1)
  })
})
