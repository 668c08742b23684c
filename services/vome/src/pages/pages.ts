import { html, type Page } from '@flowstead/service-kit'
import { coordinatorPage } from './coordinator-page.ts'
import { framed } from './layout.ts'
import { volunteerPage, volunteersPage } from './volunteer-page.ts'

const startPage: Page = {
  path: '/',
  render: (call, problem) =>
    framed(
      call,
      'Vome',
      html`<ul><li><a href="/volunteer">Volunteers</a> book and cancel shifts.</li>
<li>The <a href="/coordinator">coordinator</a> sees bookings and approves hours.</li>
<li><a href="/docs">Everything else</a> is done over the API.</li></ul>`,
      problem,
    ),
}

/** The pages of the service. */
export const pages: readonly Page[] = [startPage, volunteersPage, volunteerPage, coordinatorPage]
