import { type Html, html, ready } from './html.ts'
import { softened } from './softened.ts'

/** A name that is anybody's: whatever way it is written in, it stays in its cell and may break between its words. */
export function foreignName(name: string): Html {
  return name === '' ? ready('') : html`<bdi>${softened(name)}</bdi>`
}
