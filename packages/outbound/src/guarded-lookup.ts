import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import type { AddressGuard } from './address-guard.ts'
import { failure, type Located } from './failure.ts'
import { Refusal } from './refusal.ts'

/** Every address of a name. */
export type Resolve = (hostname: string) => Promise<readonly { address: string; family: number }[]>

/** A socket lookup that gives addresses only when all of them are allowed. */
export function guardedLookup(guard: AddressGuard, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const refused = addresses.find(({ address }) => guard(address) === 'refused')
        const first = addresses[0]
        if (refused !== undefined || first === undefined) {
          callback(new Refusal(`The name "${hostname}" leads to an address that is not public.`), '', 4)
        } else if (options.all) callback(null, [...addresses])
        else callback(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 4),
    )
  }
}

/** The first address of a host when all of its addresses may be connected to. */
export async function locate(guard: AddressGuard, resolve: Resolve, host: string): Promise<Located> {
  try {
    const addresses = isIP(host) === 0 ? await resolve(host) : [{ address: host, family: isIP(host) }]
    const first = addresses[0]
    if (first !== undefined && addresses.every(({ address }) => guard(address) === 'allowed')) {
      return { answered: true, address: first.address }
    }
    return failure('Outbound.Refused', `The host "${host}" is not public.`)
  } catch (error) {
    return failure('Outbound.Unreachable', `The host "${host}" was not found: ${(error as Error).message}.`)
  }
}

/** The resolver of the system. */
export const systemResolve: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
  })
