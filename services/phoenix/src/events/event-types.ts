import { type EventType, findingsOf, sessionEvent, sessionEvents } from '@flowstead/catalog'
import { type Handler, ok } from '@flowstead/service-kit'
import { notFound } from '../errors.ts'

/** Handler of `GET /event-types`. */
export const listEventTypes: Handler = () =>
  ok({
    data: sessionEvents.map(({ description, name, title, version }) => ({
      name,
      version,
      title,
      description,
    })),
  })

/** Handler of `GET /event-types/{name}`: both schemas, and what is wrong with the published one. */
export const getEventType: Handler = ({ params }) => {
  const name = String(params.name)
  const type = sessionEvent(name)
  if (type === undefined) throw notFound('event type', 'name', name)
  return ok(shownType(type))
}

function shownType(type: EventType) {
  const { description, example, name, originalSchema, schema, title, updatedOn, version } = type
  return {
    name,
    version,
    title,
    description,
    updatedOn: updatedOn ?? null,
    schema,
    originalSchema: originalSchema ?? null,
    findings: originalSchema === undefined ? [] : findingsOf(originalSchema),
    example,
  }
}
