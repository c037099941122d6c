import { expect, test } from 'vitest'
import { networkOf, withinNetworks } from './networks.ts'

test('an address of IPv4 is counted by itself, one of IPv6 with its /64', () => {
  expect(networkOf('198.51.100.7')).toBe('198.51.100.7')
  expect(networkOf('2001:db8:0:7::1')).toBe(networkOf('2001:0db8:0000:0007:ffff::2'))
  expect(networkOf('2001:db8:0:8::1')).not.toBe(networkOf('2001:db8:0:7::1'))
})

test('knows which networks an address stands in', () => {
  const within = withinNetworks(['198.51.100.0/24', '203.0.113.9', '2001:db8::/32'])
  for (const address of ['198.51.100.200', '203.0.113.9', '2001:db8:5::1', '::ffff:198.51.100.1'])
    expect(within(address), address).toBe(true)
  for (const address of ['198.51.101.1', '203.0.113.10', '2001:db9::1', '', 'nonsense'])
    expect(within(address), address).toBe(false)
})
