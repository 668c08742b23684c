// What must hold after a crash, checked against what the services saw.
import { ask } from './processes.mjs'

/** @returns broken promises as sentences, and how many calls were repeated */
export async function brokenPromises({ server, services, runs, volunteers }) {
  const lines = []
  const claim = (holds, sentence) => {
    if (!holds) lines.push(sentence)
  }
  const histories = []
  for (const { name } of runs)
    histories.push(await ask(`${server.url}/api/runs/${name}`, { headers: server.headers }))

  const reservations = histories.map(({ properties }) => properties.trigger.outputs.body.id)
  for (const { reservation, name } of volunteers) {
    const count = reservations.filter((id) => id === reservation).length
    claim(count === 1, `booking of ${name} has ${count} runs`)
  }
  for (const { name, properties } of histories) {
    claim(properties.status === 'Succeeded', `run ${name} ended as ${properties.status}`)
  }
  await checkCrm({ services, volunteers, claim })
  await checkMail({ services, volunteers, claim })
  const repeated = await checkAttempts({ services, histories, claim })
  return { lines, repeated }
}

async function checkCrm({ services: { hotprofile }, volunteers, claim }) {
  const all = async (what) => {
    const rows = []
    for (let page = 1; ; page++) {
      const query = new URLSearchParams({
        api_key: hotprofile.key,
        'page[number]': page,
        'page[display_number]': 100,
      })
      const answer = await ask(`${hotprofile.url}/rest_api/v1/${what}/get_entry_list_flow?${query}`, {
        method: 'POST',
      })
      rows.push(...answer[what])
      if (page >= answer.pages.total_number) return rows
    }
  }
  const clients = await all('clients')
  const leads = await all('leads')
  for (const { name } of volunteers) {
    const own = clients.filter((client) => client.name === name)
    claim(own.length === 1, `${name} has ${own.length} clients`)
    const count = leads.filter(({ client_id }) => client_id === own[0]?.id).length
    claim(count === 1, `${name} has ${count} leads`)
  }
}

async function checkMail({ services: { mail }, volunteers, claim }) {
  const answer = await ask(`${mail.url}/api/messages?limit=1000`, { headers: mail.headers })
  const texts = await Promise.all(
    answer.messages.map(async ({ id }) =>
      JSON.stringify(await ask(`${mail.url}/api/messages/${id}`, { headers: mail.headers })),
    ),
  )
  for (const { name } of volunteers) {
    const count = texts.filter((text) => text.includes(`${name},`)).length
    claim(count === 1, `${name} has ${count} mails`)
  }
}

/** Only calls whose outcome was unknown at the crash were made again, and with the same key. */
async function checkAttempts({ services, histories, claim }) {
  const unknown = new Set(
    histories.flatMap(({ name, properties }) =>
      Object.entries(properties.actions)
        .filter(([, { retryHistory = [] }]) =>
          retryHistory.some(({ hasUnknownOutcome }) => hasUnknownOutcome),
        )
        .map(([action]) => `${name}/${action}`),
    ),
  )
  const attempts = new Map()
  for (const service of [services.hotprofile, services.mail]) {
    for (const { key, path, status } of await allAttempts(service)) {
      if (key !== null) attempts.set(key, [...(attempts.get(key) ?? []), { path, status }])
    }
  }
  const runNames = histories.map(({ name }) => name)
  for (const [key, tries] of attempts) {
    const run = runNames.find((name) => key.includes(name))
    const action = [...unknown].some((place) => place.startsWith(`${run}/`) && matches(key, place))
    claim(tries.length === 1 || action, `finished action performed again: ${key}, ${tries.length} times`)
    claim(new Set(tries.map(({ path }) => path)).size === 1, `key ${key} was used for different calls`)
  }
  const perRun = new Map()
  for (const [key, [{ path }]] of attempts) {
    const place = `${runNames.find((name) => key.includes(name))} ${path}`
    perRun.set(place, (perRun.get(place) ?? 0) + 1)
  }
  for (const [place, count] of perRun) claim(count === 1, `${place} was called under ${count} keys`)
  return [...attempts.values()].filter((tries) => tries.length > 1).length
}

/** A key names its run and the path of its action, with odd letters encoded. */
const matches = (key, place) => plain(key).includes(plain(place.slice(place.indexOf('/') + 1)))
const plain = (text) => decodeURIComponent(text).replace(/[^\p{L}\p{N}]/gu, '')

async function allAttempts({ url, headers }) {
  const rows = []
  for (let after = 0; ; ) {
    const { attempts } = await ask(`${url}/local/attempts?after=${after}&limit=1000`, { headers })
    if (attempts.length === 0) return rows
    rows.push(...attempts)
    after = attempts.at(-1).seq
  }
}
