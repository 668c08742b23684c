import { flowRule } from '../../rule.ts'
import { checkPersonalData } from './personal-data.ts'
import { checkSecretReads } from './secret-reads.ts'
import { checkSecuredFlow } from './secured-flow.ts'

const secured = (...properties: string[]) => ({ runtimeConfiguration: { secureData: { properties } } })
const getSecret = {
  type: 'OpenApiConnection',
  inputs: {
    host: { apiId: '/apis/shared_keyvault', connectionName: 'shared_keyvault', operationId: 'GetSecret' },
    parameters: { secretName: 'orders' },
  },
}

/** Rules about what the history of runs shows. */
export const exposureRules = [
  flowRule({
    id: 'SEC402',
    title: 'Actions that handle secrets hide them from the run history',
    severity: 'warning',
    category: 'security',
    detects:
      'An action reads a secret from a vault without secured outputs, whose name does not tell an id, a user or an address; or asks for a token with a client secret or password in its body without secured inputs and outputs.',
    why: 'Everybody who may look at the runs of the flow can read the secret there.',
    fix: 'Turn on "Secure outputs" of the action, and "Secure inputs" where a secret goes in.',
    bad: { actions: { Read_secret: getSecret } },
    good: { actions: { Read_secret: { ...getSecret, ...secured('outputs') } } },
    check: checkSecretReads,
  }),
  flowRule({
    id: 'SEC407',
    title: 'Personal data does not show in the run history',
    severity: 'warning',
    category: 'security',
    detects:
      'A call sends a field that is called like sensitive personal data (salary, social security number, date of birth, bank account …) without secured inputs.',
    why: 'The run history keeps the values for weeks, for everybody who may look at the flow.',
    fix: 'Turn on "Secure inputs" of the action, and "Secure outputs" of where the value comes from.',
    settings: {
      fields: [
        'salary',
        'ssn',
        'socialsecuritynumber',
        'nationalid',
        'passportnumber',
        'birthdate',
        'dateofbirth',
        'iban',
        'bankaccount',
        'bankaccountnumber',
        'creditcard',
        'creditcardnumber',
        'taxid',
      ],
    },
    bad: { actions: { Register: register() } },
    good: { actions: { Register: { ...register(), ...secured('inputs') } } },
    check: checkPersonalData,
  }),
  flowRule({
    id: 'SEC408',
    title: 'What is secured stays secured',
    severity: 'warning',
    category: 'security',
    detects:
      'The secured output of an action is copied by a data operation or variable, or sent in a message, by an action without secured inputs.',
    why: 'The platform hides the output where it is read directly, but not what the copy hands on, and a message leaves the flow in readable form.',
    fix: 'Turn on "Secure inputs" of the reading action, or read the secured action where the value is needed.',
    bad: { actions: { Read_secret: { ...getSecret, ...secured('outputs') }, Copy: copy() } },
    good: {
      actions: {
        Read_secret: { ...getSecret, ...secured('outputs') },
        Copy: { ...copy(), ...secured('inputs') },
      },
    },
    check: checkSecuredFlow,
  }),
]

function register(): object {
  const body = { name: "@triggerBody()?['name']", salary: "@triggerBody()?['salary']" }
  return { type: 'Http', inputs: { method: 'POST', uri: 'https://example.com/people', body } }
}

function copy(): object {
  return {
    type: 'Compose',
    runAfter: { Read_secret: ['Succeeded'] },
    inputs: "@outputs('Read_secret')?['body/value']",
  }
}
