import { counted } from '../counted.ts'
// How large a node is for its text, and the path around it. Paths start at 0,0.

import { looks, type Shape } from './kinds.ts'
import type { DiagramNode } from './model.ts'
import { shortened, widthOf, wrapped } from './text-size.ts'

/** Font sizes and line heights in pixels. */
export const type = {
  name: 13,
  nameLine: 17,
  caption: 11,
  captionLine: 15,
  label: 11,
  labelLine: 14,
} as const

export interface Size {
  readonly width: number
  readonly height: number
}

/** What is written in a node, broken into lines, with the size of the text alone. */
export interface NodeText extends Size {
  readonly lines: readonly string[]
  readonly caption: string
}

const maxTextWidth = 196
const minTextWidth = 96

/** The text of a node as it is drawn. */
export function nodeText({ label, caption, hidden }: DiagramNode): NodeText {
  const lines = wrapped(label, { fontSize: type.name, maxWidth: maxTextWidth, maxLines: 3 })
  const told = hidden > 0 ? `${counted(hidden, 'action')} inside, not drawn` : caption
  const under = shortened(told, type.caption, maxTextWidth)
  const widths = [...lines.map((line) => widthOf(line, type.name)), widthOf(under, type.caption)]
  return {
    lines,
    caption: under,
    width: Math.ceil(Math.max(minTextWidth, ...widths)),
    height: lines.length * type.nameLine + (under === '' ? 0 : type.captionLine),
  }
}

/** Slant, arrow and cap sizes in pixels. */
const slant = 14
const arrow = 18
const cap = 7
const cut = 10

/** Size of an outline that holds a text of this size. */
export function outlineSize(shape: Shape, { width, height }: Size): Size {
  if (shape === 'pill') return { width: width + 44, height: height + 18 }
  if (shape === 'parallelogram') return { width: width + 2 * slant + 12, height: height + 16 }
  if (shape === 'cylinder') return { width: width + 28, height: height + 14 + 3 * cap }
  if (shape === 'transceiver') return { width: width + 2 * arrow + 12, height: height + 16 }
  if (shape === 'sender' || shape === 'receiver') return { width: width + arrow + 26, height: height + 16 }
  if (shape === 'ellipse') return { width: Math.ceil(width * 1.35), height: Math.ceil(height / 0.67 + 6) }
  if (shape === 'diamond') return { width: width * 2, height: Math.ceil(height * 2 + 4) }
  if (shape === 'frame') return { width: width + 24 + cut, height: height + 12 }
  return { width: width + 28, height: height + 18 }
}

/** Size of the outline of a node. */
export function nodeSize(node: DiagramNode): Size {
  return outlineSize(looks[node.kind].shape, nodeText(node))
}

/** How far the middle of the text lies from the middle of the outline. */
export function textShift(shape: Shape): { readonly x: number; readonly y: number } {
  if (shape === 'cylinder') return { x: 0, y: cap * 0.6 }
  if (shape === 'sender') return { x: -arrow / 3, y: 0 }
  if (shape === 'receiver') return { x: arrow / 3, y: 0 }
  if (shape === 'frame') return { x: -cut / 2, y: 0 }
  return { x: 0, y: 0 }
}

/** SVG path data of an outline with its upper left corner at 0,0. */
export function outlinePath(shape: Shape, { width: w, height: h }: Size): string {
  const middle = h / 2
  if (shape === 'pill') return rounded(w, h, middle)
  if (shape === 'parallelogram') return `M${slant} 0H${w}L${w - slant} ${h}H0Z`
  if (shape === 'cylinder') return cylinder(w, h)
  if (shape === 'transceiver')
    return `M${arrow} 0H${w - arrow}L${w} ${middle}L${w - arrow} ${h}H${arrow}L0 ${middle}Z`
  if (shape === 'sender') return `M0 0H${w - arrow}L${w} ${middle}L${w - arrow} ${h}H0Z`
  if (shape === 'receiver') return `M0 0H${w}V${h}H0L${arrow} ${middle}Z`
  if (shape === 'ellipse')
    return `M0 ${middle}A${w / 2} ${middle} 0 1 1 ${w} ${middle}A${w / 2} ${middle} 0 1 1 0 ${middle}Z`
  if (shape === 'diamond') return `M${w / 2} 0L${w} ${middle}L${w / 2} ${h}L0 ${middle}Z`
  if (shape === 'frame') return `M0 0H${w}V${h - cut}L${w - cut} ${h}H0Z`
  return rounded(w, h, 4)
}

function rounded(w: number, h: number, r: number): string {
  const corner = (x: number, y: number) => `A${r} ${r} 0 0 1 ${x} ${y}`
  return `M${r} 0H${w - r}${corner(w, r)}V${h - r}${corner(w - r, h)}H${r}${corner(0, h - r)}V${r}${corner(r, 0)}Z`
}

/** The side, and the rim of the lid. */
function cylinder(w: number, h: number): string {
  const half = (x: number, y: number) => `A${w / 2} ${cap} 0 0 1 ${x} ${y}`
  const side = `M0 ${cap}${half(w, cap)}V${h - cap}${half(0, h - cap)}Z`
  return `${side}M${w} ${cap}${half(0, cap)}`
}
