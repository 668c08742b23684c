import type {
  Connection,
  ConnectionAnswer,
  ConnectionQuery,
  Connections,
  Connector,
  ConnectorLibrary,
  Target,
} from '@flowstead/connectors'
import { FlowsteadError, quoted } from '@flowstead/errors'
import { isObject, type ObjectValue } from '@flowstead/expressions'
import type { ConnectionTable, StoredConnection, Vault } from '@flowstead/store-sqlite'
import type { Project, ProjectConnection } from '../project.ts'
import { type ToldService, toldService } from '../services/local-services.ts'

/** What a list shows of a connection; never a secret. */
export interface ConnectionSummary {
  readonly key: string
  readonly connector: string
  readonly target: string
  readonly status: 'ready' | 'incomplete'
  /** Names of what is missing: parameters, the connector, or the local service. */
  readonly missing: readonly string[]
}

/** The connections of a server: those of the project file, and those made here, which win. */
export interface ConnectionBook extends Connections {
  resolve(query: Pick<ConnectionQuery, 'api' | 'key'>): ConnectionAnswer
  list(): ConnectionSummary[]
  /** `ready`, `incomplete`, or `missing` for a reference of a flow. */
  status(key: string, api: string): string
  /** Stores a connection; secret parameters go to the vault. @throws `Connection.UnknownConnector` */
  save(key: string, connection: ProjectConnection, now: number): ConnectionSummary
}

interface BookParts {
  readonly project: Project
  readonly data: string
  readonly library: ConnectorLibrary
  readonly table: ConnectionTable
  readonly vault: Vault
}

const localOwner = 'local'

export function createConnectionBook({ project, data, library, table, vault }: BookParts): ConnectionBook {
  const known = (key: string): ProjectConnection | undefined => {
    const stored = table.get(key)
    return stored ? fromStored(stored) : project.connections[key]
  }
  const keys = (): string[] => [
    ...new Set([...Object.keys(project.connections), ...table.list().map(({ id }) => id)]),
  ]

  const connectorOf = (name: string): Connector | undefined => {
    const found = library.find(name)
    return found.status === 'found' ? found.connector : undefined
  }

  const open = (key: string, { connector, target, parameters, throttle }: ProjectConnection): Connection => {
    const service = localName(target)
    const told = service === undefined ? undefined : toldService(data, service)
    if (told) learnLocalKey(key, connectorOf(connector), told)
    return {
      id: key,
      connector,
      values: { ...localValues(connectorOf(connector), told), ...texts(parameters) },
      secret: (name) => secretOf(vault, key, name),
      target: targetOf(target, told, connectorOf(connector)),
      ...(throttle === undefined ? {} : { throttle }),
    }
  }

  /** The key that a local service told its owner is kept in the vault like any other secret. */
  const learnLocalKey = (key: string, connector: Connector | undefined, told: ToldService): void => {
    for (const { name, isSecret, isRequired } of connector?.connectionParameters ?? []) {
      if (isSecret && isRequired && secretOf(vault, key, name) !== told.key)
        vault.seal(vaultId(key, name), told.key)
    }
  }

  const summary = (key: string, connection: ProjectConnection): ConnectionSummary => {
    const missing = missingOf(key, connection)
    const { connector, target } = connection
    return { key, connector, target, status: missing.length === 0 ? 'ready' : 'incomplete', missing }
  }

  const missingOf = (key: string, connection: ProjectConnection): string[] => {
    const connector = connectorOf(connection.connector)
    if (!connector) return [`connector ${connection.connector}`]
    const service = localName(connection.target)
    if (service !== undefined && toldService(data, service)?.url === undefined) return [`service ${service}`]
    const { values, secret } = open(key, connection)
    return connector.connectionParameters
      .filter(
        ({ name, isRequired, default: preset }) =>
          isRequired && preset === undefined && !values[name] && !secret(name),
      )
      .map(({ name }) => name)
  }

  const find = (key: string | undefined, api: string | undefined): string | undefined => {
    if (key !== undefined && known(key)) return key
    if (api !== undefined && known(api)) return api
    const folder = api === undefined ? undefined : connectorOf(api)?.name
    return keys().find(
      (candidate) => folder !== undefined && connectorOf(known(candidate)?.connector ?? '')?.name === folder,
    )
  }

  return {
    resolve({ key, api }) {
      const found = find(key, api)
      const connection = found === undefined ? undefined : known(found)
      if (found === undefined || connection === undefined) {
        return {
          failure: {
            message: `There is no connection ${quoted(key ?? api ?? '')}.`,
            hint: `Add it to "connections" in flowstead.json.`,
          },
        }
      }
      const service = localName(connection.target)
      if (service !== undefined && toldService(data, service)?.url === undefined) {
        return {
          failure: {
            message: `Connection ${quoted(found)} goes to the local service "${service}", which does not run.`,
            hint: `Start it with "flowstead service start ${service}".`,
          },
        }
      }
      return { connection: open(found, connection) }
    },
    list: () =>
      keys().flatMap((key) =>
        known(key) === undefined ? [] : [summary(key, known(key) as ProjectConnection)],
      ),
    status(key, api) {
      const found = find(key, api)
      const connection = found === undefined ? undefined : known(found)
      return found === undefined || connection === undefined ? 'missing' : summary(found, connection).status
    },
    save(key, connection, now) {
      const connector = connectorOf(connection.connector)
      if (!connector) {
        throw new FlowsteadError(
          'Connection.UnknownConnector',
          `There is no connector ${quoted(connection.connector)}.`,
          {
            path: 'connector',
            hint: `There are: ${library.names.join(', ')}.`,
          },
        )
      }
      checkNames(connector, connection.parameters)
      const { open: values, secrets } = split(connector, connection.parameters)
      for (const [name, secret] of secrets) vault.seal(vaultId(key, name), secret)
      table.save({
        id: key,
        connector: connector.name,
        owner: localOwner,
        target: connection.target,
        parameters: values,
        vaultId: secrets.length === 0 ? null : `connection/${key}`,
        createdAt: now,
      })
      return summary(key, { ...connection, parameters: values })
    },
  }
}

const vaultId = (key: string, name: string): string => `connection/${key}/${name.toLowerCase()}`

function secretOf(vault: Vault, key: string, name: string): string | undefined {
  const id = vaultId(key, name)
  return vault.has(id) ? vault.open(id) : undefined
}

/** The target of native operations that read this server; it runs when anybody asks. */
const thisServer = 'local:server'

const localName = (target: string): string | undefined =>
  target === thisServer ? undefined : /^local:(.+)$/.exec(target)?.[1]

/** This server, or where a local service answers: over HTTP, or over SMTP to a connector that names a mail server. */
function targetOf(target: string, told: ToldService | undefined, connector: Connector | undefined): Target {
  if (target === thisServer) return { kind: 'server' }
  const service = localName(target)
  if (service !== undefined) {
    const smtp = speaksSmtp(connector) ? told?.ports.smtp : undefined
    return {
      kind: 'local',
      service,
      origin: smtp === undefined ? (told?.url ?? '') : `smtp://127.0.0.1:${smtp}`,
    }
  }
  const mock = /^mock:(.+)$/.exec(target)?.[1]
  return mock === undefined ? { kind: 'real' } : { kind: 'mock', origin: mock }
}

const speaksSmtp = (connector: Connector | undefined): boolean =>
  connector?.connectionParameters.some(({ name }) => name === 'serverAddress') ?? false

/** A local service needs no address from its owner, because the origin is replaced: any host name will do. */
function localValues(
  connector: Connector | undefined,
  told: ToldService | undefined,
): Record<string, string> {
  if (!connector || !told) return {}
  const addresses = connector.connectionParameters.filter(
    ({ name, isSecret, isRequired }) => isRequired && !isSecret && /instance|address|host/i.test(name),
  )
  return Object.fromEntries(addresses.map(({ name }) => [name, 'local.example']))
}

/** A misspelt secret must not be taken for an open value. @throws `Connection.UnknownParameter` */
function checkNames(connector: Connector, parameters: Readonly<Record<string, unknown>>): void {
  const known = connector.connectionParameters.map(({ name }) => name)
  const odd = Object.keys(parameters).find(
    (name) => !known.some((declared) => declared.toLowerCase() === name.toLowerCase()),
  )
  if (odd === undefined) return
  throw new FlowsteadError(
    'Connection.UnknownParameter',
    `The connector "${connector.name}" has no connection parameter ${quoted(odd)}.`,
    { path: `parameters/${odd}`, hint: `It has: ${known.join(', ') || 'none'}.` },
  )
}

function split(connector: Connector, parameters: Readonly<Record<string, unknown>>) {
  const isSecret = new Set(
    connector.connectionParameters
      .filter((parameter) => parameter.isSecret)
      .map(({ name }) => name.toLowerCase()),
  )
  const entries = Object.entries(texts(parameters))
  return {
    open: Object.fromEntries(entries.filter(([name]) => !isSecret.has(name.toLowerCase()))) as ObjectValue,
    secrets: entries.filter(([name]) => isSecret.has(name.toLowerCase())),
  }
}

function texts(parameters: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]))
}

function fromStored({ connector, target, parameters }: StoredConnection): ProjectConnection {
  return { connector, target, parameters: isObject(parameters) ? parameters : {} }
}
