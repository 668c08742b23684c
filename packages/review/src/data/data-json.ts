/** The data of one flow in the form that the AutoReview connector returns under `data`. */
export interface DataJson {
  readonly name: string
  readonly id: string
  readonly environment: string
  readonly owner: string
  readonly trigger: string
  readonly triggerType: string
  readonly triggerData: string
  readonly triggerParam: string
  readonly triggerConfig: string
  readonly triggerExpress: string
  readonly triggerInputs: string
  readonly triggerRecur: string
  readonly premium: boolean
  readonly connectionRefs: number
  readonly connectors: number
  readonly steps: number
  readonly variables: number
  readonly complexity: number
  readonly composes: number
  readonly exception: number
  readonly varNaming: boolean
  readonly varNameConsts: boolean
  readonly varNameUse: boolean
  readonly exceptionHandleScope: boolean
  readonly exceptionScope: boolean
  readonly exceptionTerminate: boolean
  readonly exceptionLink: boolean
  readonly mainScope: boolean
  readonly variableArray: readonly VariableData[]
  readonly actionArray: readonly ActionData[]
  readonly apiActionArray: readonly ActionData[]
  readonly exceptionArray: readonly ActionData[]
  readonly connectionArray: readonly ConnectionData[]
  /** '' when the flow could be read. */
  readonly error: string
  readonly actionObjectArray: readonly ActionObjectData[]
}

export interface VariableData {
  readonly name: string
  readonly type: string
  readonly value: string
  readonly used: boolean
  readonly named: boolean
  readonly local: boolean
}

export interface ActionData {
  readonly name: string
  readonly step: string
  readonly type: string
  readonly id: string
  readonly hashId: string
  readonly tier: string
  readonly connector: string
  readonly imgURL: string | null
  readonly runAfter: string
  readonly exception: string
  readonly index: number
  readonly complexity: number
  readonly detail: string
  readonly filter: string
  readonly pagination: string | number
  readonly secure: string
  readonly retry: string
  readonly timeout: string
  readonly position: string
  readonly positionInfo: string
  readonly environmentVariables: string
  readonly environmentB: boolean
  readonly environmentCount: number
  readonly notes: string
  readonly parent: string
  readonly branch: string
  readonly positionIndex: string
  readonly positionType: string
  readonly nested: string
}

export interface ConnectionData {
  readonly conName: string
  readonly appId: string
  readonly opId: string
  readonly count: number
}

export interface ActionObjectData {
  readonly step: string
  readonly connector: string
  readonly name: string
  readonly id: string
  readonly hashId: string
  readonly object: string
  readonly type: string
  readonly index: number
  readonly parent: string
}
