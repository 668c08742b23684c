import { flowRule } from '../../rule.ts'
import { checkDeprecated, checkParameters } from './operation-checks.ts'

const call = (operationId: string, parameters: object) => ({
  Add: {
    type: 'OpenApiConnection',
    inputs: { host: { apiId: '/apis/shared_vome', connectionName: 'shared_vome', operationId }, parameters },
  },
})
const operation = (isDeprecated: boolean) => ({
  isDeprecated,
  isOpen: false,
  parameters: [
    { name: 'body/name', isRequired: true },
    { name: 'body/notes', isRequired: false },
  ],
})
const connectors = {
  shared_vome: { operations: { CreateReservation: operation(false), CreateReservationV1: operation(true) } },
}

/** Rules that know what the definition of a connector says; they are silent about connectors nobody knows. */
export const operationRules = [
  flowRule({
    id: 'MNT518',
    title: 'Operations are not deprecated',
    severity: 'warning',
    category: 'maintainability',
    detects: 'The definition of the connector marks an operation that the flow calls as deprecated.',
    why: 'It gets no more corrections and is going to be removed.',
    fix: 'Use the operation that the documentation of the connector names in its place.',
    bad: { actions: call('CreateReservationV1', { 'body/name': 'Jo' }), connectors },
    good: { actions: call('CreateReservation', { 'body/name': 'Jo' }), connectors },
    check: checkDeprecated,
  }),
  flowRule({
    id: 'MNT519',
    title: 'Calls fit the definition of their connector',
    severity: 'error',
    category: 'maintainability',
    detects:
      'The connector has no such operation, a required parameter is missing, or the operation has no such parameter. Operations that take further members are not checked for unknown ones.',
    why: 'The platform refuses to save the flow, or the call fails when it is reached.',
    fix: 'Choose the operation again in the designer, and fill in what it asks for.',
    bad: { actions: call('CreateReservation', { 'body/notes': 'Two people.' }), connectors },
    good: {
      actions: call('CreateReservation', { 'body/name': 'Jo', 'body/notes': 'Two people.' }),
      connectors,
    },
    check: checkParameters,
  }),
]
