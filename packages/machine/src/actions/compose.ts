import type { Template } from '@flowstead/expressions'
import type { ActionHandler } from '../handler.ts'
import { succeeded } from '../outcome.ts'

/** Its outputs are its inputs. */
export const compose: ActionHandler<Template> = {
  start: ({ templates }, run) => succeeded(run.recordInputs(run.resolve(templates)), 'OK'),
}
