// Two reviews of one flow, a game over e-mail, of two days that follow each other. Actions have names of our own; kind,
// order, nesting and predecessors are those of the reviews.
import type { PublishedReview } from './published-reviews.testing.ts'

const operations = {
  SendEmailV2: 'shared_outlook_1',
  DeleteEmail: 'shared_outlook_1',
  GetItem: 'shared_excelonline_1',
  GetFileContentByPath: 'shared_onedrive_1',
  HtmlToText: 'shared_conversionservice_1',
}

const trigger = {
  'When_a_new_email_arrives_(V2)': {
    type: 'OpenApiConnection',
    inputs: { host: { connectionName: 'shared_outlook_1', operationId: 'OnNewEmailV2' } },
  },
}

const members = {
  sOption: { inputs: { variables: [{ name: 'sOption', type: 'string' }] } },
  aOptions: { inputs: { variables: [{ name: 'aOptions', type: 'array', value: '@json(\'["north"]\')' }] } },
  Set: {
    inputs: { name: 'sOption', value: "@variables('aOptions')[iterationIndexes('Loop')]" },
  },
  Mail_correct: { inputs: { retryPolicy: { type: 'fixed', count: 5, interval: 'PT30S' } } },
}

const variables = [
  ['sOption', true, true, true],
  ['aOptions', true, true, false],
] as const

/** The flow as it was on the first day: the work in Main, no handler for it. */
export const canyonOfFirstDay: PublishedReview = {
  source: 'wyattdave/Power-Platform, Canyon Escape/Canyon Escape Code Review.html, 2023-09-23',
  figures: {
    complexity: 61,
    actions: 60,
    variables: 2,
    exceptions: 1,
    cards: { complexity: 'amber', actions: 'amber', variables: 'green', exceptions: 'green' },
    score: 61,
    warnings: 1,
    failures: 6,
    strip: { variables: false, composes: 0, main: false, exception: false },
  },
  variables,
  connections: [
    ['shared_outlook_1', 17],
    ['shared_onedrive_1', 1],
    ['shared_excelonline_1', 3],
    ['shared_conversionservice_1', 1],
  ],
  operations,
  members,
  trigger,
  actions: `
    sOption; InitializeVariable
    aOptions; InitializeVariable; sOption:Succeeded
    Query; Compose; Line:Succeeded
    Start; Scope; Query:Failed
    Mail_start; SendEmailV2; ; 4
    End_start; Terminate; Mail_start:Succeeded; 4
    Main; Scope; If_cheat:Succeeded
    Loop; Until; ; 7
    Set; SetVariable; ; 8|7
    If_pickup; If; If_not_valid:Succeeded; 7
    Mail_pickup; SendEmailV2; File:Succeeded; 10|7
    End_pickup; Terminate; Mail_pickup:Succeeded; 10|7
    File; GetFileContentByPath; ; 10|7
    If_use; If; If_pickup:Succeeded; 7
    Mail_use; SendEmailV2; Row_item:Succeeded; 14|7
    End_use; Terminate; Mail_use:Succeeded; 14|7
    Row_item; GetItem; ; 14|7
    If_blocked; If; If_drop:Succeeded; 7
    End_blocked; Terminate; Mail_blocked:Succeeded; 18|7
    Mail_blocked; SendEmailV2; ; 18|7
    Row_next; GetItem; If_blocked:Succeeded; 7
    If_has_item; If; Row_next:Succeeded; 7
    Mail_move; SendEmailV2; ; 22|7
    Mail_stay; SendEmailV2; ; 22|7
    If_missing; If; If_use:Succeeded; 7
    Mail_missing; SendEmailV2; ; 25|7
    End_missing; Terminate; Mail_missing:Succeeded; 25|7
    If_speak; If; If_missing:Succeeded; 7
    End_speak; Terminate; Mail_speak:Succeeded; 28|7
    Mail_speak; SendEmailV2; ; 28|7
    If_nobody; If; If_speak:Succeeded; 7
    End_nobody; Terminate; Mail_nobody:Succeeded; 31|7
    Mail_nobody; SendEmailV2; ; 31|7
    If_correct; If; If_nobody:Succeeded; 7
    Mail_correct; SendEmailV2; ; 34|7
    End_correct; Terminate; Mail_correct:Succeeded; 34|7
    If_incorrect; If; If_correct:Succeeded; 7
    Mail_incorrect; SendEmailV2; ; 37|7
    End_incorrect; Terminate; Mail_incorrect:Succeeded; 37|7
    If_not_valid; If; Text:Succeeded; 7
    Mail_not_valid; SendEmailV2; ; 40|7
    End_not_valid; Terminate; Mail_not_valid:Succeeded; 40|7
    Row_current; GetItem; Loop:Succeeded; 7
    If_drop; If; Dropped:Succeeded; 7
    Mail_drop; SendEmailV2; ; 44|7
    End_drop; Terminate; Mail_drop:Succeeded; 44|7
    Dropped; Compose; If_die:Succeeded; 7
    If_survive; If; If_incorrect:Succeeded; 7
    Mail_survive; SendEmailV2; ; 48|7
    End_survive; Terminate; Mail_survive:Succeeded; 48|7
    If_die; If; If_survive:Succeeded; 7
    Mail_die; SendEmailV2; ; 51|7
    End_die; Terminate; Mail_die:Succeeded; 51|7
    Text; HtmlToText; Row_current:Succeeded; 7
    If_cheat; If; Query:Succeeded
    Delete; DeleteEmail; ; 55
    Exit; Scope; Delete:Failed; 55
    End_cheat; Terminate; Mail_cheat:Succeeded; 57|55
    Mail_cheat; SendEmailV2; ; 57|55
    Line; Compose; aOptions:Succeeded`,
}

/** The flow as it was on the second day: everything in Main, and a handler without the link of the run. */
export const canyonOfSecondDay: PublishedReview = {
  source:
    'wyattdave/Power-Platform, Power Automate Artifacts/Canyon Escape/Canyon Escape Review.html, 2023-09-24',
  figures: {
    complexity: 59,
    actions: 64,
    variables: 2,
    exceptions: 1,
    cards: { complexity: 'amber', actions: 'amber', variables: 'green', exceptions: 'green' },
    score: 61,
    warnings: 1,
    failures: 5,
    strip: { variables: false, composes: 0, main: false, exception: false },
  },
  variables,
  connections: [
    ['shared_outlook_1', 18],
    ['shared_onedrive_1', 1],
    ['shared_excelonline_1', 3],
    ['shared_conversionservice_1', 1],
  ],
  operations,
  members,
  trigger,
  actions: `
    sOption; InitializeVariable
    aOptions; InitializeVariable; sOption:Succeeded
    Main; Scope; aOptions:Succeeded
    Line; Compose; ; 3
    Query; Compose; Line:Succeeded; 3
    If_cheat; If; Query:Succeeded; 3
    Delete; DeleteEmail; ; 6|3
    Exit; Scope; Delete:Failed; 6|3
    End_cheat; Terminate; Mail_cheat:Succeeded; 8|6|3
    Mail_cheat; SendEmailV2; ; 8|6|3
    Start; Scope; Query:Failed; 3
    Mail_start; SendEmailV2; ; 11|3
    End_start; Terminate; Mail_start:Succeeded; 11|3
    Logic; Scope; If_cheat:Succeeded; 3
    Loop; Until; ; 14|3
    Set; SetVariable; ; 15|14|3
    If_pickup; If; If_not_valid:Succeeded; 14|3
    Mail_pickup; SendEmailV2; File:Succeeded; 17|14|3
    End_pickup; Terminate; Mail_pickup:Succeeded; 17|14|3
    File; GetFileContentByPath; ; 17|14|3
    If_use; If; If_pickup:Succeeded; 14|3
    Mail_use; SendEmailV2; Row_item:Succeeded; 21|14|3
    End_use; Terminate; Mail_use:Succeeded; 21|14|3
    Row_item; GetItem; ; 21|14|3
    If_blocked; If; If_drop:Succeeded; 14|3
    End_blocked; Terminate; Mail_blocked:Succeeded; 25|14|3
    Mail_blocked; SendEmailV2; ; 25|14|3
    Row_next; GetItem; If_blocked:Succeeded; 14|3
    If_has_item; If; Row_next:Succeeded; 14|3
    Mail_move; SendEmailV2; ; 29|14|3
    Mail_stay; SendEmailV2; ; 29|14|3
    If_missing; If; If_use:Succeeded; 14|3
    Mail_missing; SendEmailV2; ; 32|14|3
    End_missing; Terminate; Mail_missing:Succeeded; 32|14|3
    If_speak; If; If_missing:Succeeded; 14|3
    End_speak; Terminate; Mail_speak:Succeeded; 35|14|3
    Mail_speak; SendEmailV2; ; 35|14|3
    If_nobody; If; If_speak:Succeeded; 14|3
    End_nobody; Terminate; Mail_nobody:Succeeded; 38|14|3
    Mail_nobody; SendEmailV2; ; 38|14|3
    If_correct; If; If_nobody:Succeeded; 14|3
    Mail_correct; SendEmailV2; ; 41|14|3
    End_correct; Terminate; Mail_correct:Succeeded; 41|14|3
    If_incorrect; If; If_correct:Succeeded; 14|3
    Mail_incorrect; SendEmailV2; ; 44|14|3
    End_incorrect; Terminate; Mail_incorrect:Succeeded; 44|14|3
    If_not_valid; If; Text:Succeeded; 14|3
    Mail_not_valid; SendEmailV2; ; 47|14|3
    End_not_valid; Terminate; Mail_not_valid:Succeeded; 47|14|3
    Row_current; GetItem; Loop:Succeeded; 14|3
    If_drop; If; Dropped:Succeeded; 14|3
    Mail_drop; SendEmailV2; ; 51|14|3
    End_drop; Terminate; Mail_drop:Succeeded; 51|14|3
    Dropped; Compose; If_die:Succeeded; 14|3
    If_survive; If; If_incorrect:Succeeded; 14|3
    Mail_survive; SendEmailV2; ; 55|14|3
    End_survive; Terminate; Mail_survive:Succeeded; 55|14|3
    If_die; If; If_survive:Succeeded; 14|3
    Mail_die; SendEmailV2; ; 58|14|3
    End_die; Terminate; Mail_die:Succeeded; 58|14|3
    Text; HtmlToText; Row_current:Succeeded; 14|3
    Exception; Scope; Main:Failed | TimedOut
    End_exception; Terminate; Mail_exception:Succeeded; 62
    Mail_exception; SendEmailV2; ; 62`,
}
