import { BlockList, isIP } from 'node:net'
import { FlowsteadError, quoted } from '@flowstead/errors'

/**
 * Decides which network addresses may be connected to. A refused range is one that a public service never
 * lives in: the own machine, private and shared networks, link-local (cloud metadata), documentation and
 * benchmark nets, multicast, and every IPv6 form that carries an IPv4 address inside it.
 *
 * 1. An address that is not an IP address is refused.
 * 2. IPv6 is allowed only inside 2000::/3, so mapped, NAT64, unique-local, link-local and unspecified
 *    addresses need no rows of their own.
 * 3. A network the operator wrote wins over the table.
 */
export type AddressGuard = (address: string) => 'allowed' | 'refused'

/** RFC 6890 and its successors; one row per range. */
const refusedIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

const publicIpv6 = ['2000::/3']

/** Teredo, benchmark, ORCHID (twice), documentation (twice), 6to4. */
const refusedIpv6 = [
  '2001::/32',
  '2001:2::/48',
  '2001:10::/28',
  '2001:20::/28',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
]

/**
 * The guard with the operator's exceptions.
 * @param allowedNetworks CIDR notation, such as `10.1.0.0/16`
 * @throws `Outbound.InvalidNetwork`
 */
export function createAddressGuard(allowedNetworks: readonly string[] = []): AddressGuard {
  const allowed = networks(allowedNetworks)
  const refused = networks([...refusedIpv4, ...refusedIpv6])
  const global6 = networks(publicIpv6)
  return (address) => {
    const family = familyOf(address)
    if (family === undefined) return 'refused'
    if (allowed.check(address, family)) return 'allowed'
    if (family === 'ipv6' && !global6.check(address, family)) return 'refused'
    return refused.check(address, family) ? 'refused' : 'allowed'
  }
}

function networks(cidrs: readonly string[]): BlockList {
  const list = new BlockList()
  for (const cidr of cidrs) addNetwork(list, cidr)
  return list
}

function addNetwork(list: BlockList, cidr: string): void {
  const [address = '', prefix = '', ...rest] = cidr.split('/')
  const family = familyOf(address)
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1
  const maxBits = family === 'ipv4' ? 32 : 128
  if (family === undefined || rest.length > 0 || bits < 0 || bits > maxBits) {
    throw new FlowsteadError('Outbound.InvalidNetwork', `${quoted(cidr)} is not a network.`, {
      hint: 'Write an address and a prefix length, such as "10.1.0.0/16".',
    })
  }
  list.addSubnet(address, bits, family)
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address)
  if (version === 4) return 'ipv4'
  return version === 6 ? 'ipv6' : undefined
}
