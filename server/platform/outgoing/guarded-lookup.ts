import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Refusal } from '../refusal.ts'
import { isInnerAddress } from './inner-addresses.ts'

type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/**
 * DNS as a socket asks for it, without inner addresses: the socket connects to what was checked, nothing is resolved twice.
 * A name that has only inner ones fails with the refusal `private_address`.
 */
export function guardedLookup(resolve: Resolve = lookup): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '', 0)
      const outer = addresses.filter(({ address }) => !isInnerAddress(address))
      const [first] = outer
      if (first === undefined) return done(new Refusal('private_address', { host: hostname }), '', 0)
      return options.all ? done(null, outer) : done(null, first.address, first.family)
    })
  }
}
