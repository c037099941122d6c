import { Resolver } from 'node:dns/promises'
import type { AuthenticationSettings } from './authenticate-sender.ts'

type Resolve = AuthenticationSettings['resolve']

const TIMEOUT_MS = 2_000
const TRIES = 2
const KEPT_MAX = 2_000
const KNOWN_MS = 600_000
/** What could not be found out is asked again soon, but not for every mail. */
const AWAY_MS = 30_000
/** So many questions in a row without an answer mean that no name server answers at all. */
const SILENT_TIMES = 8

/**
 * Asks DNS and keeps the answers, the negative ones too: many mails come from few domains. While no name server answers, nobody waits for
 * one. Rejects as `dns.promises` does.
 * @param now milliseconds
 */
export function createResolve(now: () => number, ask: Resolve = askDns()): Resolve {
  const kept = new Map<string, { readonly answer: ReturnType<Resolve>; until: number }>()
  let silentTimes = 0
  let askAgainAt = 0

  const askNow: Resolve = async (domain, type) => {
    if (silentTimes >= SILENT_TIMES && now() < askAgainAt) throw new NobodyAnswers()
    try {
      const answer = await ask(domain, type)
      silentTimes = 0
      return answer
    } catch (error) {
      silentTimes = isSilence(error) ? silentTimes + 1 : 0
      askAgainAt = now() + AWAY_MS
      throw error
    }
  }
  return (domain, type) => {
    const name = `${type} ${domain.toLowerCase()}`
    const known = kept.get(name)
    if (known && known.until > now()) return known.answer
    const answer = askNow(domain, type)
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

class NobodyAnswers extends Error {
  override readonly name = 'NobodyAnswers'
  readonly code = 'ETIMEOUT'
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

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined

function saysThatThereIsNone(error: unknown): boolean {
  return ['ENOTFOUND', 'ENODATA'].some((code) => code === codeOf(error))
}

function isSilence(error: unknown): boolean {
  return ['ETIMEOUT', 'ECONNREFUSED'].some((code) => code === codeOf(error))
}
