import { BlockList, isIP } from 'node:net'

// IANA special-purpose address registries (RFC 6890 and its updates): whatever is not an ordinary host of the public internet.
const IPV4 = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier-grade NAT
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local, clouds' metadata services
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
]
const IPV6 = [
  '::/128', // unspecified
  '::1/128', // loopback
  '::/96', // IPv4-compatible
  '64:ff9b::/96', // NAT64: leads to any IPv4 address
  '64:ff9b:1::/48', // NAT64, local
  '100::/64', // discard
  '2001::/23', // protocol assignments, Teredo
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4: leads to any IPv4 address
  '3fff::/20', // documentation
  'fc00::/7', // unique local
  'fe80::/10', // link-local
  'fec0::/10', // site-local
  'ff00::/8', // multicast
]

const inner = new BlockList()
for (const network of IPV4) add(network, 'ipv4')
for (const network of IPV6) add(network, 'ipv6')

function add(network: string, family: 'ipv4' | 'ipv6'): void {
  const [base = '', bits] = network.split('/')
  inner.addSubnet(base, Number(bits), family)
}

/** Is this IP address (in any spelling, IPv4-mapped too) one that requests from outside must not lead to? What is no address is inner. */
export function isInnerAddress(address: string): boolean {
  const family = isIP(address)
  // BlockList holds IPv4-mapped addresses against the rules for IPv4 by itself.
  return family === 0 || inner.check(address, family === 4 ? 'ipv4' : 'ipv6')
}
