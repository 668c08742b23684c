import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startHotprofile, type TestHotprofile } from './hotprofile.testing.ts'

/** What somebody may try, sensible or not. */
type Attempt =
  | { readonly kind: 'client'; readonly name: string }
  | { readonly kind: 'lead'; readonly which: number; readonly name: string; readonly note: string }
  | { readonly kind: 'rename'; readonly which: number; readonly name: string }
  | { readonly kind: 'move'; readonly which: number; readonly to: number }
  | { readonly kind: 'note'; readonly which: number; readonly note: string }

const text = fc.string({ unit: fc.constantFrom(...'山田み aAÉ-％'), maxLength: 5 })
const which = fc.nat(4)
const attempt: fc.Arbitrary<Attempt> = fc.oneof(
  fc.record({ kind: fc.constant('client' as const), name: text }),
  fc.record({ kind: fc.constant('lead' as const), which, name: text, note: text }),
  fc.record({ kind: fc.constant('rename' as const), which, name: text }),
  fc.record({ kind: fc.constant('move' as const), which, to: which }),
  fc.record({ kind: fc.constant('note' as const), which, note: text }),
)

interface Model {
  readonly clients: { id: number; name: string }[]
  readonly leads: { id: number; client: number; name: string; note: string }[]
}

type Of<K extends Attempt['kind']> = Extract<Attempt, { kind: K }>

/** The status that came and the one that must; the model follows what was possible. */
type Outcome = Promise<readonly [came: number, must: number]>

const nobody = 99_999

async function performOnClient(
  { post }: TestHotprofile,
  { clients }: Model,
  tried: Of<'client' | 'rename'>,
): Outcome {
  const { name } = tried
  if (tried.kind === 'client') {
    const { body, status } = await post('clients/create', { name, name_disp: 'x' })
    if (status === 200) clients.push({ id: body.id as number, name })
    return [status, name === '' ? 400 : 200]
  }
  const client = clients[tried.which]
  const { status } = await post('clients/update', { id: client?.id ?? nobody, name })
  if (status === 200 && client !== undefined) client.name = name
  if (name === '') return [status, 400]
  return [status, client === undefined ? 404 : 200]
}

async function makeLead({ post }: TestHotprofile, { clients, leads }: Model, tried: Of<'lead'>): Outcome {
  const { name, note } = tried
  const client = clients[tried.which]?.id ?? nobody
  const { body, status } = await post('leads/create', { client_id: client, family_name: name, note })
  if (status === 200) leads.push({ id: body.id as number, client, name, note })
  return [status, name === '' || client === nobody ? 400 : 200]
}

async function changeLead(
  { post }: TestHotprofile,
  { clients, leads }: Model,
  tried: Of<'move' | 'note'>,
): Outcome {
  const lead = leads[tried.which]
  const client = (tried.kind === 'move' ? clients[tried.to]?.id : lead?.client) ?? nobody
  const note = tried.kind === 'note' ? { note: tried.note } : {}
  const { status } = await post('leads/update', { id: lead?.id ?? nobody, client_id: client, ...note })
  if (status === 200 && lead !== undefined) Object.assign(lead, { client, ...note })
  if (client === nobody) return [status, 400]
  return [status, lead === undefined ? 404 : 200]
}

function perform(service: TestHotprofile, model: Model, tried: Attempt): Outcome {
  if (tried.kind === 'lead') return makeLead(service, model, tried)
  if (tried.kind === 'move' || tried.kind === 'note') return changeLead(service, model, tried)
  return performOnClient(service, model, tried)
}

const folded = (given: string) => given.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
const has = (whole: string, part: string) => folded(whole).includes(folded(part))

async function checkSearches(
  service: TestHotprofile,
  { clients, leads }: Model,
  part: string,
): Promise<void> {
  const clientName = (lead: Model['leads'][number]) =>
    clients.find(({ id }) => id === lead.client)?.name ?? ''
  const words = part.split(/\s+/).filter((word) => word !== '')
  const expected: Readonly<Record<string, Model['leads']>> = {
    'search[note]': leads.filter(({ note }) => has(note, part)),
    'search[client_name]': leads.filter((lead) => has(clientName(lead), part)),
    'search[multiple]': leads.filter((lead) =>
      words.every((word) => [lead.name, lead.note, clientName(lead)].some((whole) => has(whole, word))),
    ),
  }
  for (const [key, found] of Object.entries(expected)) {
    const { ids, pages } = await service.list('leads', { [key]: part, 'page[display_number]': 100 })
    expect([key, part, ids]).toEqual([key, part, found.map(({ id }) => id)])
    expect(pages.total_count).toBe(found.length)
  }
}

test('whatever is tried: refusals change nothing, and searches find exactly what is there', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(attempt, { minLength: 5, maxLength: 20 }),
      fc.array(text, { minLength: 3, maxLength: 3 }),
      async (attempts, parts) => {
        const service = await startHotprofile({ data: 'none' })
        try {
          const model: Model = { clients: [], leads: [] }
          for (const tried of attempts) {
            const [status, expected] = await perform(service, model, tried)
            expect([tried, status]).toEqual([tried, expected])
          }
          for (const part of parts.filter((one) => one !== '')) await checkSearches(service, model, part)
          const { rows } = await service.list('leads')
          const shown = rows.map(({ client_id, id, note }) => ({ client: client_id, id, note }))
          expect(shown).toEqual(model.leads.map(({ client, id, note }) => ({ client, id, note })))
        } finally {
          await service.close()
        }
      },
    ),
    { numRuns: 15 },
  )
})
