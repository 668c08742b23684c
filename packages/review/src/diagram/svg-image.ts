import { colours, diagramStyle, fontFamily } from './diagram-style.ts'
import { length, xmlText } from './xml-text.ts'

/** A sentence instead of a drawing. */
export function sentence(text: string): string {
  return `<text class="fd-quiet" x="0" y="16" font-size="13" fill="${colours.quiet}">${xmlText(text)}</text>`
}

export interface SvgImage {
  readonly title: string
  readonly description: string
  readonly size: { readonly width: number; readonly height: number }
  readonly content: string
  /** Whether it holds links, and so is no mere image. */
  readonly isLinked: boolean
}

const margin = 20

/** The frame of a drawing. */
export function svgImage({ title, description, size, content, isLinked }: SvgImage): string {
  const width = length(size.width + 2 * margin)
  const height = length(size.height + 2 * margin)
  const role = isLinked ? `role="group" aria-label="${xmlText(title)}"` : 'role="img"'
  return `<svg xmlns="http://www.w3.org/2000/svg" ${role} width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${xmlText(fontFamily)}">
<title>${xmlText(title)}</title>
<desc>${xmlText(description)}</desc>
<style>${diagramStyle}</style>
<rect class="fd-paper" width="100%" height="100%" fill="${colours.paper}"/>
<g transform="translate(${margin} ${margin})">
${content}</g>
</svg>
`
}
