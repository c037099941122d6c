import { Resolver } from 'node:dns/promises'
import type { AuthenticationSettings } from './authenticate-sender.ts'

type Resolve = AuthenticationSettings['resolve']

const TIMEOUT_MS = 2_000
const TRIES = 2
const KEPT_MAX = 2_000
const KNOWN_MS = 600_000
/** A name server that is away is asked again soon, but not for every mail. */
const AWAY_MS = 30_000

/**
 * Asks DNS and keeps the answers, the negative ones too: many mails come from few domains. Rejects as `dns.promises` does.
 * @param now milliseconds
 */
export function createResolve(now: () => number, ask: Resolve = askDns()): Resolve {
  const kept = new Map<string, { readonly answer: ReturnType<Resolve>; until: number }>()
  return (domain, type) => {
    const name = `${type} ${domain.toLowerCase()}`
    const known = kept.get(name)
    if (known && known.until > now()) return known.answer
    const answer = ask(domain, type)
    const entry = { answer, until: now() + KNOWN_MS }
    answer.catch((error: unknown) => {
      if (!saysThatThereIsNone(error)) entry.until = now() + AWAY_MS
    })
    kept.delete(name)
    kept.set(name, entry)
    const [oldest] = kept.keys()
    if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest)
    return answer
  }
}

function askDns(): Resolve {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES })
  return (domain, type) => {
    if (type === 'TXT') return resolver.resolveTxt(domain)
    if (type === 'A') return resolver.resolve4(domain)
    if (type === 'AAAA') return resolver.resolve6(domain)
    return Promise.reject(new TypeError(`records of type ${type} are not asked for`))
  }
}

function saysThatThereIsNone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'ENODATA')
}
