// What depends on plan and connector. Figures of Power Automate's plans: "Limits of automated, scheduled, and instant
// flows", https://learn.microsoft.com/power-automate/limits-and-config, text of February 2025 (paginated items 5,000
// for the Low profile and 100,000 for all others; requests per 24 hours 10,000 Low, 200,000 Medium, 500,000 High).
import { flowRule } from '../../rule.ts'
import { waits } from '../maintainability/example-actions.ts'
import { checkPagination, checkSplitOn } from './large-lists.ts'
import { checkPremium } from './premium.ts'
import { checkRequests } from './requests.ts'
import { checkLoopThrottle } from './throttle.ts'

const paged = (minimumItemCount: number) => ({
  Orders: {
    type: 'OpenApiConnection',
    inputs: {
      host: {
        apiId: '/apis/shared_sharepointonline',
        connectionName: 'shared_sharepointonline',
        operationId: 'GetItems',
      },
      parameters: {},
    },
    runtimeConfiguration: { paginationPolicy: { minimumItemCount } },
  },
})
const everyMinutes = (interval: number) => ({
  type: 'Recurrence',
  recurrence: { frequency: 'Minute', interval },
})
const split = (runtimeConfiguration: object) => ({
  type: 'Request',
  kind: 'Http',
  inputs: {},
  splitOn: '@triggerBody()',
  ...runtimeConfiguration,
})
const send = (operationId: string) => ({
  type: 'OpenApiConnection',
  inputs: {
    host: { apiId: '/apis/shared_office365', connectionName: 'shared_office365', operationId },
    parameters: {},
  },
})
const forEach = (repetitions: number) => ({
  Each: {
    type: 'Foreach',
    foreach: '@triggerBody()',
    actions: { Read: send('GetMailTips'), Send: send('SendEmailV2') },
    runtimeConfiguration: { concurrency: { repetitions } },
  },
})
const throttled = { shared_office365: { throttle: { calls: 60, seconds: 60 } } }
const mail = { shared_office365: { api: 'shared_office365', logicalName: 'con_mail' } }

/** Rules about what a plan or a connector allows. */
export const planLimitRules = [
  flowRule({
    id: 'LIM707',
    title: 'Pagination keeps within the plan',
    severity: 'warning',
    category: 'limits',
    detects:
      'The pagination threshold of an action is above what the low performance profile allows, or above what any plan allows. The first depends on the plan and has a lower severity.',
    why: 'The platform refuses the setting, or stops fetching at the limit of the plan without a word.',
    fix: 'Filter in the query, or fetch in several runs.',
    settings: { maxLow: 5_000, max: 100_000 },
    bad: { actions: paged(5_001) },
    good: { actions: paged(5_000) },
    check: checkPagination,
  }),
  flowRule({
    id: 'LIM708',
    title: 'The licence a flow needs is known',
    severity: 'info',
    category: 'limits',
    detects:
      'The trigger or an action of a flow in Power Automate needs a premium licence: HTTP, a premium or a custom connector.',
    why: 'A flow whose owner has no premium licence is turned off, and everybody who starts it from an app or button may need one too.',
    fix: 'Make sure that the owner has the licence, or that the flow has one of its own.',
    bad: {
      actions: { Ask: { type: 'Http', inputs: { method: 'GET', uri: 'https://example.com' } } },
      trigger: everyMinutes(60),
      connectionReferences: {},
    },
    good: { actions: { Send: send('SendEmailV2') }, trigger: everyMinutes(60), connectionReferences: mail },
    check: checkPremium,
  }),
  flowRule({
    id: 'LIM709',
    title: 'A schedule leaves requests for other flows',
    severity: 'warning',
    category: 'limits',
    detects:
      'The runs that a recurrence starts in a day, times the actions that every run performs, are more than a plan allows in 24 hours. Actions in conditions and loops over lists are not counted.',
    why: 'Above the limit the platform slows the flow down, and turns it off when it stays there for two weeks.',
    fix: 'Let the flow run less often, start it by an event, or do more with fewer actions.',
    settings: { maxLow: 10_000, maxMedium: 200_000, maxHigh: 500_000 },
    bad: { trigger: everyMinutes(1), actions: waits(7), connectionReferences: {} },
    good: { trigger: everyMinutes(1), actions: waits(6), connectionReferences: {} },
    check: checkRequests,
  }),
  flowRule({
    id: 'LIM710',
    title: 'A loop does not call faster than its connector allows',
    severity: 'warning',
    category: 'limits',
    detects:
      'The repetitions that a loop runs at once, times the calls each makes over one connection, are more than the connector takes in a minute.',
    why: 'The connector answers "too many requests", and the run waits for retries or fails.',
    fix: 'Lower the degree of parallelism of the loop, or use an operation that takes many items at once.',
    settings: { perSeconds: 60, defaultInLogicApps: 20 },
    bad: { actions: forEach(40), connectors: throttled },
    good: { actions: forEach(30), connectors: throttled },
    check: checkLoopThrottle,
  }),
  flowRule({
    id: 'LIM711',
    title: 'Split lists and limited runs are not combined',
    severity: 'warning',
    category: 'limits',
    detects: 'A trigger splits its list into runs and limits how many run at once.',
    why: 'With a limit on runs the platform splits at most 100 items; a longer list makes the trigger fail.',
    fix: 'Turn the concurrency limit off, or take the list as a whole and loop over it.',
    bad: { trigger: split({ runtimeConfiguration: { concurrency: { runs: 5 } } }) },
    good: { trigger: split({}) },
    check: checkSplitOn,
  }),
]
