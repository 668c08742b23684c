import type { ActionHandler } from '../handler.ts'
import { failed } from '../outcome.ts'

/** Types that can be read and drawn but not run: they fail when they are reached. */
export const unsupported: ActionHandler<null> = {
  compile: () => null,
  start: ({ type }) =>
    failed(
      'ActionTypeNotSupported',
      `Actions of type '${type}' are not supported; the flow goes on as after a failure.`,
    ),
}
