import { compile } from '@fastify/proxy-addr'
import { LRUCache } from 'lru-cache'

/** Some 1 MB. Proxies are few; whoever stands before them is asked about as well, and comes again. */
const MOST_REMEMBERED = 10_000

/**
 * Tells whose X-Forwarded-* headers are believed; an address is read once, not with every request.
 * @param networks addresses, CIDR blocks, and loopback, linklocal, uniquelocal
 */
export function trustedProxies(networks: readonly string[]): (address: string, hop: number) => boolean {
  const isTrusted = compile([...networks])
  const known = new LRUCache<string, boolean>({ max: MOST_REMEMBERED })
  return (address, hop) => {
    const told = known.get(address)
    if (told !== undefined) return told
    const trusted = isTrusted(address, hop)
    known.set(address, trusted)
    return trusted
  }
}
