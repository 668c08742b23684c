export { diagramStyle } from './diagram-style.ts'
export { type DiagramOptions, renderDiagram } from './render-diagram.ts'
