import { describe, expect, test } from 'vitest'
import { createAddressGuard } from './address-guard.ts'

const refused = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  'fe80::1',
  'fc00::1',
  'fd00:ec2::254',
  'fec0::1',
  'ff02::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  'localhost',
  '',
]

const allowed = ['1.1.1.1', '8.8.8.8', '172.32.0.1', '192.0.1.1', '2606:4700::1111', '2a00:1450:4014::200e']

describe('the address guard', () => {
  const guard = createAddressGuard()
  test.each(refused)('refuses %s', (address) => {
    expect(guard(address)).toBe('refused')
  })
  test.each(allowed)('allows %s', (address) => {
    expect(guard(address)).toBe('allowed')
  })
  test('a network of the operator wins over the table, and only it', () => {
    const own = createAddressGuard(['10.1.0.0/16', 'fd12::/16'])
    expect(['10.1.2.3', '10.2.0.1', 'fd12::5', 'fd13::5'].map(own)).toEqual([
      'allowed',
      'refused',
      'allowed',
      'refused',
    ])
  })
  test.each(['10.0.0.0', '10.0.0.0/33', 'example.com/8', '10.0.0.0/8/8', '10.0.0.0/-1'])(
    'the network %s is not accepted',
    (network) => {
      expect(() => createAddressGuard([network])).toThrow(
        expect.objectContaining({ code: 'Outbound.InvalidNetwork' }),
      )
    },
  )
})
