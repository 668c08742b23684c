// What a caller sends, made ready for review: which flow, who it belongs to, which figures. A definition in any
// wrapper is taken, as an object or as text; what cannot be read gives a review of nothing that says so.
import { type Flow, type Problem, readFlows } from '@flowstead/definition'
import {
  configOfRequest,
  type FlowReview,
  type Identity,
  type Profile,
  type ReviewConfig,
  review,
  reviewFlow,
} from '@flowstead/review'
import { type FieldProblem, invalid } from '@flowstead/service-kit'

/** `properties` of a request of version 2, and what the older shapes send. */
export interface FlowProperties {
  readonly displayName?: unknown
  readonly name?: unknown
  readonly owner?: unknown
  readonly environment?: unknown
  readonly definition?: unknown
}

/** A request that fits the document. */
export interface ReviewRequest {
  readonly identity: Identity
  readonly definition: unknown
  readonly config: ReviewConfig
  readonly profile: Profile
  /** `configs.type` as sent. */
  readonly type: string | undefined
}

/**
 * Reads a body with `properties` and `configs`.
 * @throws 400 that names every offending member.
 */
export function readRequest(body: unknown): ReviewRequest {
  const { properties, configs } = (body ?? {}) as {
    properties?: FlowProperties
    configs?: Record<string, unknown>
  }
  const problems: FieldProblem[] = []
  if (properties?.definition === undefined || properties.definition === null) {
    problems.push({
      field: 'properties.definition',
      rule: 'required',
      message: '"properties.definition" is missing: the definition of the flow, as an object or as text.',
    })
  }
  const { config, problems: wrong } = configOfRequest(configs)
  for (const { message, pointer } of wrong) {
    problems.push({ field: `configs${pointer.replaceAll('/', '.')}`, rule: 'form', message })
  }
  if (problems.length > 0) throw invalid(problems)
  return {
    identity: identityOf(properties ?? {}),
    definition: properties?.definition,
    config,
    profile: configs?.profile === 'as-shipped' ? 'as-shipped' : 'documented',
    type: typeof configs?.type === 'string' ? configs.type : undefined,
  }
}

/** Who the flow is, as the caller says. */
export function identityOf({ displayName, name, owner, environment }: FlowProperties): Identity {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  return { name: text(displayName), id: text(name), owner: text(owner), environment: text(environment) }
}

/** The review of one request; `error` is '' when the definition could be read. */
export interface AnsweredReview {
  readonly review: FlowReview
  readonly error: string
}

const encoder = new TextEncoder()
const nothing = encoder.encode(
  '{"$schema":"https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#","triggers":{},"actions":{}}',
)

/** Reviews the flow of a request; never throws on what the definition holds. */
export function reviewRequest({ identity, definition, config, profile }: ReviewRequest): AnsweredReview {
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition)
  const file = `${identity.name || identity.id || 'flow'}.json`.replaceAll(/[\\/!]/g, '_')
  const bytes = encoder.encode(text)
  const { flows, problems } = readFlows(bytes, file)
  const flow = flows[0]
  if (flow === undefined) return unreadable(bytes, file, problems, { config, profile, identity })
  const named = identityIn(definition, flow, identity)
  return { review: reviewFlow(flow, { config, profile, identity: () => named }), error: '' }
}

/** A display name inside the document wins over what the caller says, and so does the document's id. */
function identityIn(definition: unknown, flow: Flow, identity: Identity): Identity {
  const document = (typeof definition === 'object' ? definition : {}) as {
    name?: unknown
    properties?: { displayName?: unknown }
  }
  const inside = document.properties?.displayName
  const id = typeof document.name === 'string' ? document.name : identity.id || flow.id
  return { ...identity, id, name: typeof inside === 'string' ? inside : identity.name || flow.name }
}

interface Unread {
  readonly config: ReviewConfig
  readonly profile: Profile
  readonly identity: Identity
}

/** A review of nothing, with the findings that say why. */
function unreadable(
  bytes: Uint8Array,
  file: string,
  problems: readonly Problem[],
  { config, profile, identity }: Unread,
): AnsweredReview {
  const empty = readFlows(nothing, file).flows[0] as Flow
  const { findings } = review([{ name: file, bytes }])
  const error = problems.find(({ severity }) => severity === 'error')?.message ?? 'No flow could be read.'
  const reviewed = reviewFlow(empty, { config, profile, identity: () => identity })
  return {
    review: { ...reviewed, score: 0, findings, data: { ...reviewed.data, error } },
    error,
  }
}
