/** What a node stands for, as far as its picture goes. */
export type NodeKind =
  | 'trigger'
  | 'action'
  | 'variable'
  | 'data'
  | 'condition'
  | 'switch'
  | 'foreach'
  | 'until'
  | 'scope'
  | 'terminate'

/** Outlines by the names that diagram languages give them. */
export type Shape =
  | 'pill'
  | 'rectangle'
  | 'parallelogram'
  | 'cylinder'
  | 'diamond'
  | 'ellipse'
  | 'transceiver'
  | 'sender'
  | 'frame'
  | 'receiver'

/** How a kind looks. */
export interface Look {
  readonly shape: Shape
  /** Colour of the area. */
  readonly fill: string
  /** Colour of text on it; contrast at least 4.5. */
  readonly ink: string
  /** What the key says. */
  readonly means: string
}

const dark = '#0b0f14'

/** The look of each kind, in the order of the key. */
export const looks: Readonly<Record<NodeKind, Look>> = {
  trigger: { shape: 'pill', fill: '#569AE5', ink: dark, means: 'Trigger' },
  action: { shape: 'rectangle', fill: '#569AE5', ink: dark, means: 'Connector, HTTP and other actions' },
  variable: { shape: 'parallelogram', fill: '#EBDAF9', ink: dark, means: 'Variables and Compose' },
  data: {
    shape: 'cylinder',
    fill: '#EBDAF9',
    ink: dark,
    means: 'Data: Select, Query, Join, Table, Parse JSON',
  },
  condition: { shape: 'diamond', fill: '#2596be', ink: dark, means: 'Condition' },
  switch: { shape: 'ellipse', fill: '#2596be', ink: dark, means: 'Switch' },
  foreach: { shape: 'transceiver', fill: '#00C1A0', ink: dark, means: 'For each' },
  until: { shape: 'sender', fill: '#00C1A0', ink: dark, means: 'Until' },
  scope: { shape: 'frame', fill: '#808080', ink: dark, means: 'Scope' },
  terminate: { shape: 'receiver', fill: '#cc4747', ink: '#ffffff', means: 'Terminate' },
}

const kindsByType: ReadonlyMap<string, NodeKind> = new Map<string, NodeKind>([
  ['If', 'condition'],
  ['Switch', 'switch'],
  ['Foreach', 'foreach'],
  ['Until', 'until'],
  ['Scope', 'scope'],
  ['Terminate', 'terminate'],
  ['Table', 'data'],
  ['ParseJson', 'data'],
  ['Select', 'data'],
  ['Join', 'data'],
  ['Query', 'data'],
])

/** The kind of an action of this type. */
export function kindOfType(type: string): NodeKind {
  const known = kindsByType.get(type)
  if (known !== undefined) return known
  return type.includes('Variable') || type.includes('Compose') ? 'variable' : 'action'
}
