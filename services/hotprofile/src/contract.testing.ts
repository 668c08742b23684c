import { readFileSync } from 'node:fs'

/** A published rule, as a machine reads it. */
export interface ContractRules {
  readonly maxLength?: number
  readonly maxDigits?: number
  readonly fractionDigits?: number
  readonly min?: number
  readonly max?: number
  readonly enum?: readonly unknown[]
  readonly exists?: string
  readonly format?: string
}

export interface ContractParameter {
  readonly key: string
  readonly type: string
  readonly required: boolean
  readonly rules: ContractRules
}

export interface ContractOperation {
  readonly operationId: string
  readonly path: string
  readonly parameters: readonly ContractParameter[]
  readonly returns: readonly { readonly path: string; readonly type: string }[]
}

const file = new URL('../../../conformance/contracts/hotprofile.operations.json', import.meta.url)

/** The published operations: a copy of the contract, which is not made from this service. */
export const { operations } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly operations: readonly ContractOperation[]
}
