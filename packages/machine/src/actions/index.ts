import type { ActionHandler } from '../handler.ts'
import { appendToArrayVariable, appendToStringVariable } from './append-variable.ts'
import { childFlow, http, operation } from './call.ts'
import { compose } from './compose.ts'
import { condition } from './condition.ts'
import { decrementVariable, incrementVariable } from './count-variable.ts'
import { join, query, select } from './data-operations.ts'
import { expressionAction } from './expression-action.ts'
import { foreach } from './foreach.ts'
import { initializeVariable } from './initialize-variable.ts'
import { parseJson } from './parse-json.ts'
import { response } from './response.ts'
import { scope } from './scope.ts'
import { setVariable } from './set-variable.ts'
import { switchCase } from './switch.ts'
import { table } from './table.ts'
import { terminate } from './terminate.ts'
import { unsupported } from './unsupported.ts'
import { until } from './until.ts'
import { wait } from './wait.ts'
import { webhook } from './webhook.ts'

/** What each action type means; adding a type is adding a row. */
const handlers = {
  ApiConnection: operation,
  ApiConnectionWebhook: webhook,
  AppendToArrayVariable: appendToArrayVariable,
  AppendToStringVariable: appendToStringVariable,
  Compose: compose,
  DecrementVariable: decrementVariable,
  Expression: expressionAction,
  Foreach: foreach,
  Http: http,
  HttpWebhook: webhook,
  If: condition,
  IncrementVariable: incrementVariable,
  InitializeVariable: initializeVariable,
  Join: join,
  OpenApiConnection: operation,
  OpenApiConnectionWebhook: webhook,
  ParseJson: parseJson,
  Query: query,
  Response: response,
  Scope: scope,
  Select: select,
  SetVariable: setVariable,
  Switch: switchCase,
  Table: table,
  Terminate: terminate,
  Until: until,
  Wait: wait,
  Workflow: childFlow,
} as const

const byType = new Map<string, ActionHandler>(
  Object.entries(handlers).map(([type, handler]) => [type, handler as unknown as ActionHandler]),
)

/** Action types that can be executed. */
export const supportedActionTypes: readonly string[] = Object.keys(handlers)

/** The handler of an action type; unknown types fail when they are reached. */
export function handlerFor(type: string): ActionHandler {
  return byType.get(type) ?? (unsupported as unknown as ActionHandler)
}
