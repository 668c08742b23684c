import type { Flow } from '@flowstead/definition'
import { counted } from '../counted.ts'
import { looks, type Shape } from './kinds.ts'
import { type DiagramBranch, type DiagramNode, diagramModel, type ModelOptions } from './model.ts'

/** What stands around a label, by outline. Mermaid has no sender and no transceiver. */
const brackets: Readonly<Record<Shape, readonly [open: string, close: string]>> = {
  pill: ['([', '])'],
  rectangle: ['[', ']'],
  parallelogram: ['[/', '/]'],
  cylinder: ['[(', ')]'],
  diamond: ['{', '}'],
  ellipse: ['((', '))'],
  transceiver: ['{{', '}}'],
  sender: ['[/', '\\]'],
  frame: ['[[', ']]'],
  receiver: ['>', ']'],
}

const maxLabel = 120

/**
 * A flow as a Mermaid flowchart: a subgraph for each action that holds others. Mermaid's own defaults refuse texts above
 * 50,000 characters and above 500 arrows.
 */
export function renderMermaid(flow: Flow, options: ModelOptions = {}): string {
  const model = diagramModel(flow, options)
  const lines = ['flowchart TD', ...model.triggers.map((node) => `  ${outlined(node)}`)]
  writeBranch(lines, model.root, '  ')
  const kinds = Object.entries(looks).map(
    ([kind, { fill, ink }]) => `  classDef ${className(kind)} fill:${fill},stroke:#1b2430,color:${ink}`,
  )
  return `${[...lines, ...kinds].join('\n')}\n`
}

/** @param owner whose branch it is; `undefined` at the top. */
function writeBranch(lines: string[], branch: DiagramBranch, indent: string, owner?: string): void {
  const boxes = new Set(branch.nodes.filter(({ branches }) => branches.length > 0).map(({ id }) => id))
  for (const node of branch.nodes) writeNode(lines, node, indent)
  for (const { from, to, line, label } of branch.edges) {
    const source = boxes.has(from) ? boxId(from) : from
    const text = from === owner ? (branch.label ?? '') : label
    const words = text === '' ? '' : `|"${escaped(text)}"|`
    lines.push(`${indent}${source} ${line === 'dotted' ? '-.->' : '-->'}${words} ${to}`)
  }
}

function writeNode(lines: string[], node: DiagramNode, indent: string): void {
  if (node.branches.length === 0) {
    lines.push(`${indent}${outlined(node)}`)
    return
  }
  const inside = `${indent}  `
  lines.push(`${indent}subgraph ${boxId(node.id)}["${escaped(looks[node.kind].means)}"]`)
  lines.push(`${inside}${outlined(node)}`)
  for (const branch of node.branches) writeBranch(lines, branch, inside, node.id)
  lines.push(`${indent}end`)
}

function outlined({ id, kind, label, caption, hidden }: DiagramNode): string {
  const [open, close] = brackets[looks[kind].shape]
  const told = hidden > 0 ? `${counted(hidden, 'action')} inside` : caption
  const text = told === '' ? escaped(label) : `${escaped(label)}<br/>${escaped(told)}`
  return `${id}${open}"${text}"${close}:::${className(kind)}`
}

/** Arrows leave the box of an action that holds others; where they arrive, its header is meant. */
function boxId(id: string): string {
  return `${id}box`
}

function className(kind: string): string {
  return `kind${kind[0]?.toUpperCase()}${kind.slice(1)}`
}

/** A label without anything that Mermaid, its Markdown or HTML would take for more than text. */
function escaped(text: string): string {
  const characters = [...text.replaceAll(/[\s\p{Cc}]+/gu, ' ')]
  const kept = characters.length > maxLabel ? [...characters.slice(0, maxLabel - 1), '…'] : characters
  return kept
    .map((character, index) =>
      isPlain(character, kept[index - 1]) ? character : `#${character.codePointAt(0)};`,
    )
    .join('')
}

/** Markdown sees a list where a full stop or a bracket follows a number. */
function isPlain(character: string, before = ''): boolean {
  if (/[.)]/.test(character) && /\p{N}/u.test(before)) return false
  return /[\p{L}\p{N}\p{M} .,:…·()'/?@]/u.test(character)
}
