// Reviews of the demonstration flow `test` of two years. Both leave out what their engines did not see: the older one
// the actions without a metadata id. Actions have names of our own; kind, order, nesting and predecessors are those of
// the reviews.
import type { PublishedReview } from './published-reviews.testing.ts'

const operations = {
  GetFlow: 'shared_flowmanagement',
  GetItems: 'shared_excelonlinebusiness',
  SendEmailV3: 'shared_sendmail',
}

const trigger = {
  manual: {
    type: 'Request',
    kind: 'Button',
    inputs: { schema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] } },
  },
}

const itsName = "@outputs('Flow')?['body/name']"

const members = {
  Init_text: { inputs: { variables: [{ name: 'test', type: 'string' }] } },
  Init_number: { inputs: { variables: [{ name: 'iNUMBER', type: 'integer', value: 10 }] } },
  Loop: { expression: "@equals(outputs('Flow')?['body/name'], 'Test')" },
  In_loop: { inputs: "@variables('iNUMBER')" },
  Switch: { expression: `@{outputs('Flow')?['body/name']}` },
  // The word `test` stands here alone, so that the product takes the variable of this name for used.
  If: { expression: { endsWith: [itsName, 'test'] } },
  Each: { foreach: "@outputs('Flow')?['body/properties/connectionReferences']" },
  Rows: {
    inputs: { retryPolicy: { type: 'none' } },
    runtimeConfiguration: { paginationPolicy: { minimumItemCount: 500 } },
  },
}

const variables = [
  ['test', true, false, true],
  ['iNUMBER', true, true, true],
] as const

/** The demonstration of 2023; its data are published, too, in `assets/js/data.js` beside it. */
export const demoOf2023: PublishedReview = {
  source: 'wyattdave/Auto-Review, Auto-Review Demos/review.html, 2023-01-24',
  figures: {
    complexity: 43,
    actions: 23,
    variables: 2,
    exceptions: 0,
    cards: { complexity: 'green', actions: 'green', variables: 'green', exceptions: 'red' },
    score: 58,
    warnings: 2,
    failures: 5,
    strip: { variables: true, composes: 11, main: false, exception: false },
  },
  variables,
  connections: [
    ['shared_flowmanagement', 1],
    ['shared_sendmail', 3],
    ['shared_excelonlinebusiness', 1],
  ],
  operations,
  members,
  trigger,
  // Owners stood behind what they hold in this version.
  actions: `
    First; Compose; Init_number:Succeeded
    Flow; GetFlow; First:Succeeded
    In_loop; Compose; ; 5
    In_loop_2; Compose; In_loop:Succeeded; 5
    Loop; Until; Flow:Succeeded
    In_case; Compose; ; 9
    Mail_2; SendEmailV3; Unseen_1:Succeeded; 9
    Mail_default; SendEmailV3; Unseen_2:Succeeded; 9
    Switch; Switch; Flow:Succeeded
    In_yes; Compose; ; 14
    In_yes_2; Compose; In_yes:Succeeded; 14
    Rows; GetItems; ; 14
    In_no; Compose; Rows:Succeeded; 14
    If; If; Scope:Succeeded
    In_each; Compose; ; 17
    In_each_2; Compose; In_each:Succeeded; 17
    Each; Foreach; Loop:Succeeded | Switch:Succeeded
    In_scope; Compose; ; 21
    Mail; SendEmailV3; In_scope_2:Succeeded; 21
    In_scope_2; Compose; In_scope:Succeeded; 21
    Scope; Scope; Each:Succeeded
    Init_text; InitializeVariable
    Init_number; InitializeVariable; Init_text:Succeeded`,
}

/** The demonstration of 2024. */
export const demoOf2024: PublishedReview = {
  source: 'wyattdave/Auto-Review, Auto-Review Demos/Review test.html, 2024-01-13',
  figures: {
    complexity: 31,
    actions: 16,
    variables: 2,
    exceptions: 1,
    cards: { complexity: 'green', actions: 'green', variables: 'green', exceptions: 'green' },
    score: 58,
    warnings: 1,
    failures: 5,
    strip: { variables: false, composes: 6, main: false, exception: false },
  },
  variables,
  connections: [
    ['shared_flowmanagement', 1],
    ['shared_excelonlinebusiness', 1],
    ['shared_sendmail', 1],
  ],
  operations,
  members,
  trigger,
  actions: `
    First; Compose; Init_number:Succeeded
    Flow; GetFlow; First:Succeeded
    Loop; Until; Flow:Succeeded
    In_loop; Compose; ; 3
    Switch; Switch; Flow:Succeeded
    In_case; Compose; ; 5
    If; If; Scope:Succeeded
    In_yes; Compose; ; 7
    Rows; GetItems; ; 7
    Each; Foreach; Switch:Succeeded
    In_each; Compose; ; 10
    Scope; Scope; Each:Succeeded
    In_scope; Compose; ; 12
    Mail; SendEmailV3; In_scope:Succeeded; 12
    Init_text; InitializeVariable
    Init_number; InitializeVariable; Init_text:Succeeded`,
}
