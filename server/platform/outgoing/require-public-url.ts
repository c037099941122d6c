import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { Refusal } from '../refusal.ts'
import { isInnerAddress } from './inner-addresses.ts'

/**
 * Refuses an address that leads into a private network (`private_address`) or carries a password (`invalid_request`), before anybody relies on it.
 * The outgoing client looks again at each call. A name that does not resolve today may tomorrow: it is let through.
 * @param trusted origins that the operator has exempted
 */
export async function requirePublicUrl(address: string, trusted: ReadonlySet<string>): Promise<void> {
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') throw new Refusal('invalid_request', { what: 'url' })
  if (trusted.has(url.origin)) return
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses =
    isIP(host) === 0
      ? (await lookup(host, { all: true }).catch(() => [])).map((found) => found.address)
      : [host]
  if (addresses.length > 0 && addresses.every(isInnerAddress)) throw new Refusal('private_address', { host })
}
