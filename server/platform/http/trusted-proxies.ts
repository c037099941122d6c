import { compile } from '@fastify/proxy-addr'
import { LRUCache } from 'lru-cache'

/** Whoever is connected to us: proxies are few, and where there are none people come again. */
const MOST_REMEMBERED = 10_000

/**
 * Tells whose X-Forwarded-* headers are believed. Addresses that are connected to us are read once, not with every request; what a header says is
 * not remembered, for it may be anything, of any length.
 * @param networks addresses, CIDR blocks, and loopback, linklocal, uniquelocal
 */
export function trustedProxies(networks: readonly string[]): (address: string, hop: number) => boolean {
  const isTrusted = compile([...networks])
  const known = new LRUCache<string, boolean>({ max: MOST_REMEMBERED })
  return (address, hop) => {
    if (hop > 0) return isTrusted(address, hop)
    const told = known.get(address)
    if (told !== undefined) return told
    const trusted = isTrusted(address, hop)
    known.set(address, trusted)
    return trusted
  }
}
