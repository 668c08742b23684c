// Names that the designer gives by itself. For types whose purpose only the name could tell, the plain default counts;
// elsewhere only a numbered one, which nobody can tell from its twin.
import type { ActionDefinition } from '@flowstead/definition'
import type { Subject } from '../../subject/subject.ts'

/** Default names by type, in lower case with underscores; the purpose of these actions is in the name or nowhere. */
const blankNames: Readonly<Record<string, readonly string[]>> = {
  AppendToArrayVariable: ['append_to_array_variable'],
  AppendToStringVariable: ['append_to_string_variable'],
  Compose: ['compose'],
  DecrementVariable: ['decrement_variable'],
  Foreach: ['apply_to_each', 'for_each'],
  Http: ['http'],
  HttpWebhook: ['http_webhook'],
  If: ['condition'],
  IncrementVariable: ['increment_variable'],
  InitializeVariable: ['initialize_variable', 'initialize_variables'],
  Join: ['join'],
  ParseJson: ['parse_json'],
  Query: ['filter_array'],
  Scope: ['scope'],
  Select: ['select'],
  SetVariable: ['set_variable'],
  Switch: ['switch'],
  Table: ['create_html_table', 'create_csv_table'],
  Until: ['do_until', 'until'],
}

/** Default names that tell what the action does; numbered they still say too little. */
const tellingNames: Readonly<Record<string, readonly string[]>> = {
  Expression: [
    'add_to_time',
    'convert_time_zone',
    'current_time',
    'format_number',
    'get_future_time',
    'get_past_time',
    'subtract_from_time',
  ],
  Function: ['function', 'azure_function'],
  Response: ['response', 'respond_to_a_powerapp_or_flow', 'respond_to_a_power_app_or_flow'],
  Terminate: ['terminate'],
  Wait: ['delay', 'delay_until'],
  Workflow: ['run_a_child_flow'],
}

const numbered = /^(.+?)_(\d+)$/

/** Actions whose name says nothing about this flow. */
export function defaultNamed({ actions, action: find }: Subject): ActionDefinition[] {
  return actions
    .map(({ action }) => action)
    .filter((action) => {
      const name = action.name.toLowerCase().replaceAll(' ', '_')
      if (namesOf(blankNames, action.type).includes(name)) return true
      const base = numbered.exec(name)?.[1]
      if (base === undefined) return false
      const defaults = [...namesOf(blankNames, action.type), ...namesOf(tellingNames, action.type)]
      // Of connector operations the default is not known: one that has a numbered twin is taken for it.
      return defaults.length > 0 ? defaults.includes(base) : find(base)?.type === action.type
    })
}

function namesOf(table: Readonly<Record<string, readonly string[]>>, type: string): readonly string[] {
  return Object.hasOwn(table, type) ? (table[type] ?? []) : []
}
