/** The buttons of the pages: what each says, and the call of the API behind it. */
import { type Html, html, invalid, type PageCall } from '@flowstead/service-kit'
import { states } from '../reservations/reservation-state.ts'
import { type ApiCall, callDetails, performCall } from './api-call.ts'

type Fields = Readonly<Partial<Record<string, string>>>

interface Action {
  readonly label: string
  readonly callFor: (fields: Fields) => ApiCall
}

/** Who approves on these pages. */
const coordinator = 'coordinator'

const move = (id: string | undefined, body: object): ApiCall => ({
  operationId: 'updateReservation',
  params: { id: id ?? '' },
  body,
})
const decide = (operationId: string, id: string | undefined): ApiCall => ({
  operationId,
  params: { id: id ?? '' },
  body: { decided_by: coordinator },
})

const actions = {
  book: {
    label: 'Book',
    callFor: ({ profile_id = '', shift_id = '' }) => ({
      operationId: 'createReservation',
      params: {},
      body: { profile_id, shift_id, by: 'volunteer' },
    }),
  },
  cancel: {
    label: 'Cancel',
    callFor: ({ id }) => move(id, { status: states.cancelled, by: 'volunteer' }),
  },
  confirm: {
    label: 'I will come',
    callFor: ({ id }) => move(id, { status: states.confirmed, by: 'volunteer' }),
  },
  check_in: {
    label: 'Check in',
    callFor: ({ id }) => move(id, { status: states.checkedIn, by: 'volunteer' }),
  },
  check_out: {
    label: 'Check out',
    callFor: ({ id }) => move(id, { status: states.hoursLogged, by: 'volunteer' }),
  },
  claim: {
    label: 'Ask for these hours',
    callFor: ({ claimed_from, claimed_to, id }) => ({
      operationId: 'createHourClaim',
      params: {},
      body: { reservation_id: id ?? '', claimed_from: claimed_from ?? '', claimed_to: claimed_to ?? '' },
    }),
  },
  accept: { label: 'Accept', callFor: ({ id }) => move(id, { status: states.reserved }) },
  call_off: { label: 'Cancel', callFor: ({ id }) => move(id, { status: states.cancelled }) },
  decline: { label: 'Decline', callFor: ({ id }) => move(id, { status: states.cancelled }) },
  absent: { label: 'Absent', callFor: ({ id }) => move(id, { status: states.absent }) },
  log_hours: {
    label: 'Log the hours',
    callFor: ({ id }) => move(id, { status: states.hoursLogged, hours_approved_by: coordinator }),
  },
  approve_claim: { label: 'Approve', callFor: ({ id }) => decide('approveHourClaim', id) },
  decline_claim: { label: 'Decline', callFor: ({ id }) => decide('declineHourClaim', id) },
} as const satisfies Readonly<Record<string, Action>>

export type ActionName = keyof typeof actions

/** A button with its form and the same as curl. */
export function actionForm(call: PageCall, name: ActionName, fields: Fields): Html {
  const action: Action = actions[name]
  const inputs = Object.entries({ ...fields, action: name }).map(
    ([field, value]) => html`<input type="hidden" name="${field}" value="${value ?? ''}">`,
  )
  return html`<form method="post">${inputs}<button>${action.label}</button>
${callDetails(call.origin, action.callFor(fields))}</form>`
}

/** Performs the form that was sent. @throws 400 for a button there is not, and what the API refuses with */
export function submitAction(call: PageCall): void {
  const { action = '', ...fields } = call.body as Record<string, string>
  if (!Object.hasOwn(actions, action)) {
    throw invalid([{ field: 'action', rule: 'enum', message: 'There is no such button.' }])
  }
  performCall(call, (actions[action as ActionName] as Action).callFor(fields))
}
