// Definitions inside deployment templates. A template wraps strings in `[…]` when it computes them and in `[[…]`
// when it does not. What needs only the template itself (defaults of parameters, variables, text functions) is
// computed; the rest stays as written and is reported, because it needs a deployment.
import { isObject, type ObjectValue, setOwn, type Value } from '@flowstead/expressions'
import { member, memberAt, members, objectMember, textMember } from '../json/member.ts'
import { pointerTo } from '../json/pointer.ts'
import type { Report } from '../report.ts'
import type { FoundFlow } from './found-flow.ts'
import { resolveTemplateText, type TemplateScope } from './template-expression.ts'

/** Whether JSON is a deployment template: its schema says so, or it has resources of known form. */
export function isDeploymentTemplate(root: ObjectValue): boolean {
  const schema = (textMember(root, '$schema') ?? '').toLowerCase()
  return (
    schema.includes('deploymenttemplate.json') ||
    resourcesOf(root).some(({ resource }) => typeof member(resource, 'type') === 'string')
  )
}

/** Every workflow of a template and of the templates nested in it. */
export function findInTemplate(root: ObjectValue, at: string, report: Report): FoundFlow[] {
  const scope = {
    parameters: objectMember(root, 'parameters') ?? {},
    variables: objectMember(root, 'variables') ?? {},
  }
  let isTold = false
  const found = findInResources(root, at, scope, (finding) => {
    isTold = true
    report(finding)
  })
  if (found.length === 0 && !isTold) {
    report({
      code: 'Definition.WrapperNotSupported',
      pointer: at,
      message: 'The deployment template has no workflow resource with a definition of its own.',
      hint: 'Export the definition of the workflow and read that.',
    })
  }
  return found
}

function findInResources(owner: ObjectValue, at: string, scope: TemplateScope, report: Report): FoundFlow[] {
  return resourcesOf(owner).flatMap(({ resource, key }) => {
    const here = pointerTo(at, 'resources', key)
    const nested = memberAt(resource, 'properties', 'template')
    return [
      ...workflowOf(resource, here, scope, report),
      ...(isObject(nested)
        ? findInNested(nested, pointerTo(here, 'properties', 'template'), scope, report)
        : []),
      ...findInResources(resource, here, scope, report),
    ]
  })
}

/** A nested template sees its own variables and parameters first. */
function findInNested(template: ObjectValue, at: string, outer: TemplateScope, report: Report): FoundFlow[] {
  const scope = {
    parameters: { ...outer.parameters, ...objectMember(template, 'parameters') },
    variables: { ...outer.variables, ...objectMember(template, 'variables') },
  }
  return findInResources(template, at, scope, report)
}

function workflowOf(resource: ObjectValue, at: string, scope: TemplateScope, report: Report): FoundFlow[] {
  if ((textMember(resource, 'type') ?? '').toLowerCase() !== 'microsoft.logic/workflows') return []
  const written = memberAt(resource, 'properties', 'definition')
  const pointer = pointerTo(at, 'properties', 'definition')
  const definition = resolve(written ?? null, pointer, scope, report)
  if (!isObject(definition)) {
    const message = 'The definition of this workflow is computed when the template is deployed.'
    report({ code: 'Definition.WrapperNotSupported', pointer, message })
    return []
  }
  const name = resolveTemplateText(textMember(resource, 'name') ?? '', scope)
  return [
    {
      format: 'arm-template',
      at: pointer,
      definition,
      name: typeof name === 'string' && name !== '' ? name : undefined,
      connectionReferences: memberAt(resource, 'properties', 'parameters', '$connections', 'value'),
      parameterValues: resolve(memberAt(resource, 'properties', 'parameters') ?? null, at, scope, () => {}),
    },
  ]
}

function resolve(value: Value, at: string, scope: TemplateScope, report: Report): Value {
  if (typeof value === 'string') return resolveText(value, at, scope, report)
  if (Array.isArray(value))
    return value.map((item, index) => resolve(item, pointerTo(at, index), scope, report))
  if (!isObject(value)) return value
  const resolved: ObjectValue = {}
  for (const [key, inner] of members(value))
    setOwn(resolved, key, resolve(inner, pointerTo(at, key), scope, report))
  return resolved
}

function resolveText(text: string, pointer: string, scope: TemplateScope, report: Report): Value {
  const resolved = resolveTemplateText(text, scope)
  if (resolved !== undefined) return resolved
  report({
    code: 'Definition.UnresolvedTemplate',
    pointer,
    message: 'This text is computed when the template is deployed; it stays as written.',
    hint: 'Deploy the template and export the workflow, or write the value here.',
  })
  return text
}

interface Resource {
  readonly resource: ObjectValue
  readonly key: string | number
}

/** Resources are a list, or an object in the newer language version. */
function resourcesOf(owner: ObjectValue): Resource[] {
  const resources = member(owner, 'resources')
  const entries: [string | number, Value][] = Array.isArray(resources)
    ? [...resources.entries()]
    : members(resources)
  return entries.flatMap(([key, resource]) => (isObject(resource) ? [{ resource, key }] : []))
}
