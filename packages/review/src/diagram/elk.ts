// The layered layout of elkjs, called synchronously: its worker module, loaded into this process, has a dispatcher that
// handles one message and answers through `onmessage` before it returns. A layout is a function of its graph; the
// worker keeps nothing between graphs. The module is large (1.6 MB) and few flows need it, so it is loaded by the first
// layout that is made; Node keeps it from then on.
import { createRequire } from 'node:module'

/** A graph to be laid out from top to bottom or from left to right. */
export interface LayerGraph {
  readonly direction: 'DOWN' | 'RIGHT'
  readonly nodes: readonly { readonly id: string; readonly width: number; readonly height: number }[]
  readonly edges: readonly LayerEdge[]
  /** `asGiven` keeps the order of nodes beside one another, which takes time that grows with their square. */
  readonly order: 'asGiven' | 'any'
}

/** An arrow, with the size of what is written on it; the ids are of nodes of the graph. */
export interface LayerEdge {
  readonly from: string
  readonly to: string
  readonly label?: { readonly width: number; readonly height: number }
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Where everything went, from the upper left corner of the graph. */
export interface LayerPlaces {
  readonly width: number
  readonly height: number
  /** Upper left corners, in the order of the nodes. */
  readonly nodes: readonly Point[]
  /** In the order of the edges. */
  readonly edges: readonly { readonly points: readonly Point[]; readonly label?: Point }[]
}

/** Lays out a graph; `undefined` when the library cannot. */
export type LayerLayout = (graph: LayerGraph) => LayerPlaces | undefined

const options = {
  'elk.algorithm': 'layered',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.edgeLabel': '4',
  'elk.separateConnectedComponents': 'true',
  'elk.spacing.componentComponent': '28',
  'elk.layered.spacing.nodeNodeBetweenLayers': '32',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.layered.mergeEdges': 'true',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.edgeLabels.centerLabelPlacementStrategy': 'HEAD_LAYER',
  'elk.layered.thoroughness': '2',
}

/** What is used of `elkjs/lib/elk-worker.min.js`, which brings no types. */
interface ElkModule {
  readonly Worker: new () => {
    onmessage: (answer: { readonly data: Answer }) => void
    readonly dispatcher: { saveDispatch(message: { readonly data: object }): void }
  }
}

interface Answer {
  readonly data?: unknown
  readonly error?: unknown
}

const load = createRequire(import.meta.url)

/** A layout that may be called many times; making the first one takes some tenths of a second. */
export function layerLayout(): LayerLayout {
  const elk = load('elkjs/lib/elk-worker.min.js') as ElkModule
  const worker = new elk.Worker()
  let answer: Answer = {}
  worker.onmessage = ({ data }) => {
    answer = data
  }
  worker.dispatcher.saveDispatch({ data: { id: 0, cmd: 'register', algorithms: ['layered'] } })
  return (graph) => {
    worker.dispatcher.saveDispatch({
      data: { id: 1, cmd: 'layout', graph: elkGraph(graph), layoutOptions: {}, options: {} },
    })
    return answer.error === undefined ? placesOf(graph, answer.data as LaidOut) : undefined
  }
}

function elkGraph({ direction, nodes, edges, order }: LayerGraph): object {
  const strategy = order === 'asGiven' ? 'NODES_AND_EDGES' : 'NONE'
  return {
    id: 'graph',
    layoutOptions: {
      ...options,
      'elk.direction': direction,
      'elk.layered.considerModelOrder.strategy': strategy,
    },
    children: nodes.map(({ id, width, height }) => ({ id, width, height })),
    edges: edges.map(({ from, to, label }, index) => ({
      id: `edge${index}`,
      sources: [from],
      targets: [to],
      ...(label === undefined
        ? {}
        : { labels: [{ id: `label${index}`, text: ' ', ...label, layoutOptions: inline }] }),
    })),
  }
}

const inline = { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' }

/** The part of elkjs's answer that is read. */
interface LaidOut {
  readonly width: number
  readonly height: number
  readonly children: readonly Point[]
  readonly edges: readonly {
    readonly sections?: readonly {
      readonly startPoint: Point
      readonly endPoint: Point
      readonly bendPoints?: readonly Point[]
    }[]
    readonly labels?: readonly Point[]
  }[]
}

function placesOf(graph: LayerGraph, laid: LaidOut): LayerPlaces {
  return {
    width: laid.width,
    height: laid.height,
    nodes: graph.nodes.map((_, index) => pointOf(laid.children[index] as Point)),
    edges: graph.edges.map((_, index) => {
      const { sections = [], labels = [] } = laid.edges[index] as LaidOut['edges'][number]
      const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
        startPoint,
        ...bendPoints,
        endPoint,
      ])
      const label = labels[0]
      return { points: points.map(pointOf), ...(label === undefined ? {} : { label: pointOf(label) }) }
    }),
  }
}

function pointOf({ x, y }: Point): Point {
  return { x, y }
}
