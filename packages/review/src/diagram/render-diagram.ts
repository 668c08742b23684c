import type { Flow } from '@flowstead/definition'
import { counted } from '../counted.ts'
import type { Finding } from '../finding.ts'
import { drawBranchNodes, drawEdges, drawNode } from './draw-node.ts'
import { type DiagramModel, diagramModel, type ModelOptions } from './model.ts'
import { type PlacedDiagram, type PlaceOptions, placeDiagram } from './place-diagram.ts'
import { sentence, svgImage } from './svg-image.ts'

export interface DiagramOptions extends ModelOptions, PlaceOptions {
  /** Findings whose counts are shown at their actions. Default none. */
  readonly findings?: readonly Finding[]
  /** Address of more about the trigger or action at a JSON pointer; those that have one become links. */
  readonly linkTo?: (pointer: string) => string | undefined
}

/**
 * A flow as an SVG image that stands alone: no scripts, no references to the outside, white on paper and light screens,
 * dark on dark screens. Its `<style>` is always `diagramStyle`.
 */
export function renderDiagram(flow: Flow, options: DiagramOptions = {}): string {
  const model = diagramModel(flow, options)
  return drawDiagram(model, placeDiagram(model, options), options)
}

/** Draws what has its places. */
export function drawDiagram(
  model: DiagramModel,
  placed: PlacedDiagram,
  { findings = [], linkTo }: Pick<DiagramOptions, 'findings' | 'linkTo'> = {},
): string {
  const overlay = { findings: byAction(findings), linkTo }
  const drawn =
    drawEdges(placed.root) +
    placed.triggers.map((trigger) => drawNode(trigger, overlay)).join('') +
    drawBranchNodes(placed.root, overlay)
  const isEmpty = model.actions === 0 && model.triggers.length === 0
  return svgImage({
    title: `Diagram of ${model.name}`,
    description: describe(model, placed),
    size: isEmpty ? { width: 320, height: 24 } : placed,
    content: isEmpty ? sentence('This flow has no trigger and no action.') : drawn,
    isLinked: linkTo !== undefined,
  })
}

function byAction(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>()
  for (const finding of findings) {
    if (finding.action === undefined) continue
    const key = finding.action.toLowerCase()
    const list = found.get(key)
    if (list === undefined) found.set(key, [finding])
    else list.push(finding)
  }
  return found
}

function describe({ triggers, actions, hidden }: DiagramModel, { isStacked }: PlacedDiagram): string {
  const names = triggers.map(({ name }) => `"${name}"`).join(', ')
  const sentences = [
    `The flow runs from top to bottom. It starts with ${names || 'no trigger'} and has ${counted(actions, 'action')}.`,
    'Boxes hold the actions of scopes, conditions, switches and loops.',
  ]
  if (hidden > 0) sentences.push(`${counted(hidden, 'action')} deep inside others are counted, not drawn.`)
  if (isStacked)
    sentences.push(
      'The flow is too large for a full layout: actions of a block stand below one another in running order, and where an action runs after another than the one above, words say so.',
    )
  return sentences.join(' ')
}
