import { autoreviewService } from '@flowstead/service-autoreview'
import { hotprofileService } from '@flowstead/service-hotprofile'
import { mailService } from '@flowstead/service-mail'
import { phoenixService } from '@flowstead/service-phoenix'
import { planadoService } from '@flowstead/service-planado'
import { vomeService } from '@flowstead/service-vome'
import { expect, test } from 'vitest'
import { localServices } from './local-services.ts'

const definitions = [
  vomeService,
  hotprofileService,
  planadoService,
  phoenixService,
  autoreviewService,
  mailService,
]

test('local services are listed as they call themselves, without being loaded', () => {
  expect(localServices.map(({ name, title, defaultPort }) => ({ name, title, defaultPort }))).toEqual(
    definitions.map(({ name, title, port }) => ({ name, title, defaultPort: port })),
  )
})
