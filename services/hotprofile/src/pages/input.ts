import { type Html, html } from '@flowstead/service-kit'
import type { Database } from '@flowstead/sqlite'
import type { Argument } from '../arguments.ts'

/** Texts longer than this get more than one line. */
const longText = 255

/** The field of a form that fits the rule of an argument. */
export function inputFor(db: Database, name: string, argument: Argument, value: string): Html {
  return html`<label>${argument.title}<br>${fieldFor(db, name, argument, value)}</label>`
}

function fieldFor(db: Database, name: string, { rule }: Argument, value: string): Html {
  const options = optionsOf(db, { rule })
  if (options !== undefined) {
    return html`<select name="${name}"><option value=""></option>${options.map(([id, label]) =>
      id === value
        ? html`<option value="${id}" selected>${label}</option>`
        : html`<option value="${id}">${label}</option>`,
    )}</select>`
  }
  const { maxLength } = rule.schema
  if (typeof maxLength === 'number' && maxLength > longText && !name.includes('[')) {
    return html`<textarea name="${name}" rows="3" cols="40">${value}</textarea>`
  }
  return html`<input name="${name}" value="${value}">`
}

/** What can be chosen; `undefined` where text is written. */
function optionsOf(
  db: Database,
  { rule }: Pick<Argument, 'rule'>,
): readonly (readonly [string, string])[] | undefined {
  const { references, schema } = rule
  if (references !== undefined && 'choices' in references) {
    const choices = db.prepare<{ id: number; name: string }>('SELECT id, name FROM choices WHERE list = ?')
    return choices.all(references.choices).map(({ id, name }) => [String(id), name])
  }
  if (rule.name === 'boolean')
    return [
      ['1', 'yes'],
      ['0', 'no'],
    ] as const
  if (!Array.isArray(schema.enum)) return undefined
  return schema.enum.map((one) => [String(one), String(one)] as const)
}
