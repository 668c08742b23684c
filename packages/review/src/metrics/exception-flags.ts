import type { LiteralTree, Tree } from '@flowstead/expressions'
import type { Subject } from '../subject/subject.ts'
import type { ActionFacts } from './action-facts.ts'
import type { Flags, Profile } from './metrics.ts'
import { ownText } from './own-text.ts'

/** Names that the score looks for; the product has no setting for them. */
export const handlerName = 'Exception'
export const workingScopeName = 'Main'

type ExceptionFlags = Omit<Flags, 'varNaming' | 'varNameConsts' | 'varNameUse'>

/** What the score asks about the handling of failures. */
export function exceptionFlags(
  subject: Subject,
  actions: readonly ActionFacts[],
  profile: Profile,
): ExceptionFlags {
  const exceptions = actions.filter(({ isException }) => isException)
  const handler = exceptions.find(({ action }) => action.name === handlerName)
  const inside =
    profile === 'as-shipped' ? insideAsShipped(handler) : insideAsDocumented(subject, actions, handler)
  return {
    exceptionHandleScope: exceptions.some(({ type }) => type === 'Scope'),
    exceptionScope: handler !== undefined,
    ...inside,
    mainScope: actions.some(({ action }) => action.name === workingScopeName),
  }
}

type Inside = Pick<Flags, 'exceptionTerminate' | 'exceptionLink'>

function insideAsDocumented(
  subject: Subject,
  actions: readonly ActionFacts[],
  handler: ActionFacts | undefined,
): Inside {
  const held =
    handler === undefined ? [] : actions.filter(({ action, owners }) => isIn(handler, action, owners))
  return {
    exceptionTerminate: held.some(({ type }) => type === 'Terminate'),
    exceptionLink: held.some(({ action }) =>
      subject.expressionsOf(action).some(({ calls }) => calls.some(buildsRunLink)),
    ),
  }
}

function isIn(handler: ActionFacts, action: ActionFacts['action'], owners: ActionFacts['owners']): boolean {
  return action === handler.action || owners.includes(handler.action)
}

/** The product looks at the text of the action after it has taken out what the action holds, so a scope has neither. */
function insideAsShipped(handler: ActionFacts | undefined): Inside {
  const text = handler === undefined ? '' : ownText(handler, 'as-shipped')
  return {
    exceptionTerminate: text.includes('Terminate'),
    exceptionLink: runLinkTexts.some((link) => text.includes(link)),
  }
}

const runLinkStart = 'https://make.powerautomate.com/manage/environments/'
const runLinkTexts = [' ', ''].map(
  (space) => `concat('${runLinkStart}',${space}workflow()?['tags']?['environmentName']`,
)

/** `concat('https://make.powerautomate.com/manage/environments/', workflow()?['tags']?['environmentName'], …)`. */
function buildsRunLink({ name, args: [start, environment] }: Extract<Tree, { kind: 'call' }>): boolean {
  return name.toLowerCase() === 'concat' && isText(start, runLinkStart) && isEnvironmentName(environment)
}

function isEnvironmentName(tree: Tree | undefined): boolean {
  if (tree?.kind !== 'access' || !isText(tree.key, 'environmentName')) return false
  const { target } = tree
  if (target.kind !== 'access' || !isText(target.key, 'tags')) return false
  return target.target.kind === 'call' && target.target.name.toLowerCase() === 'workflow'
}

function isText(tree: Tree | undefined, text: string): tree is LiteralTree {
  return (
    tree?.kind === 'literal' &&
    typeof tree.value === 'string' &&
    tree.value.toLowerCase() === text.toLowerCase()
  )
}
