import { authenticate, type DNSResolver } from 'mailauth'
import { splitAddress } from './mail-address.ts'
import type { ParsedMail } from './parse-mail.ts'
import { type AuthenticationResult, readAuthenticationResults } from './read-authentication-results.ts'

/** `none`: the sender's domain says nothing. `unknown`: we could not find out (DNS away, nothing to judge by). */
export type AuthenticationVerdict = 'pass' | 'fail' | 'none' | 'unknown'

/** How far the From of a mail is true. Only `dmarc: 'pass'` vouches for the address that a person sees. */
export type SenderAuthentication = {
  readonly spf: AuthenticationVerdict
  readonly dkim: AuthenticationVerdict
  readonly dmarc: AuthenticationVerdict
  /** For the agent who wants to know: whose word it is, and the results one by one. */
  readonly explain: {
    readonly source: 'own-server' | 'computed' | 'nothing'
    readonly fromDomain: string | null
    readonly results: readonly {
      readonly method: string
      readonly result: string
      readonly domain: string | null
    }[]
  }
}

/** `authservId`: the name under which the mailbox's own server writes Authentication-Results; null where it writes none. */
export type AuthenticationSettings = {
  readonly authservId: string | null
  /** Name and record type → records, as `dns.promises.resolve` does. */
  readonly resolve: DNSResolver
}

/**
 * SPF, DKIM and DMARC of a received mail: by the word of our own server where it gave one, else computed from the bytes. Raises nothing:
 * without DNS the verdicts are `unknown`. SPF cannot be computed from a mailbox, where the sender's IP address is gone; a mail whose
 * DKIM does not align is then `unknown` for DMARC rather than `fail`, for SPF might have passed.
 */
export async function authenticateSender(
  raw: Uint8Array,
  mail: Pick<ParsedMail, 'headers' | 'from'>,
  { authservId, resolve }: AuthenticationSettings,
): Promise<SenderAuthentication> {
  const fromDomain = splitAddress(mail.from?.address ?? '')?.domain ?? null
  const told = authservId === null ? null : readAuthenticationResults(mail, authservId)
  if (told) return verdictOf(told, 'own-server', fromDomain)
  const results = await compute(raw, resolve)
  const verdict = verdictOf(results ?? [], results ? 'computed' : 'nothing', fromDomain)
  return { ...verdict, spf: 'unknown', dmarc: verdict.dmarc === 'fail' ? 'unknown' : verdict.dmarc }
}

async function compute(raw: Uint8Array, resolver: DNSResolver): Promise<AuthenticationResult[] | null> {
  try {
    const { dkim, dmarc } = await authenticate(Buffer.from(raw), {
      resolver,
      disableArc: true,
      disableBimi: true,
      mta: 'localhost',
    })
    const signatures = dkim.results.map(({ status, signingDomain }) => ({
      method: 'dkim',
      result: status.result,
      properties: { 'header.d': signingDomain ?? '' },
    }))
    if (!dmarc) return signatures
    const properties = { 'header.from': dmarc.domain ?? '' }
    return [...signatures, { method: 'dmarc', result: dmarc.status.result, properties }]
  } catch {
    // Broken keys, broken messages, no DNS: all the same to whoever must trust the sender.
    return null
  }
}

function verdictOf(
  results: readonly AuthenticationResult[],
  source: SenderAuthentication['explain']['source'],
  fromDomain: string | null,
): SenderAuthentication {
  const dmarc = best(results, 'dmarc')
  return {
    spf: best(results, 'spf'),
    dkim: best(results, 'dkim'),
    dmarc: dmarc === 'pass' && !isAboutFrom(results, fromDomain) ? 'unknown' : dmarc,
    explain: {
      source,
      fromDomain,
      results: results.map((one) => ({ method: one.method, result: one.result, domain: domainOf(one) })),
    },
  }
}

/** A pass for the domain of another From (or for several) says nothing of the one that we show. */
function isAboutFrom(results: readonly AuthenticationResult[], fromDomain: string | null): boolean {
  const judged = results.filter(({ method, result }) => method === 'dmarc' && result === 'pass').map(domainOf)
  return fromDomain !== null && judged.every((domain) => domain === null || isSameOrUnder(fromDomain, domain))
}

function isSameOrUnder(domain: string, parent: string): boolean {
  return domain === parent || domain.endsWith(`.${parent}`)
}

function domainOf({ properties }: AuthenticationResult): string | null {
  const named =
    properties['header.from'] ??
    properties['header.d'] ??
    properties['header.i'] ??
    properties['smtp.mailfrom']
  const domain = named?.slice(named.lastIndexOf('@') + 1)
  return domain === undefined || domain === '' ? null : domain
}

const order: readonly AuthenticationVerdict[] = ['pass', 'unknown', 'fail', 'none']

/** Several signatures of one mail: one that holds is enough, and one that could not be checked is no failure. */
function best(results: readonly AuthenticationResult[], method: string): AuthenticationVerdict {
  const verdicts = results.filter((one) => one.method === method).map(({ result }) => verdictOfWord(result))
  if (verdicts.length === 0) return results.length === 0 ? 'unknown' : 'none'
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'unknown'
}

function verdictOfWord(result: string): AuthenticationVerdict {
  if (result === 'pass') return 'pass'
  if (result === 'none' || result === 'neutral') return 'none'
  return ['fail', 'softfail', 'hardfail', 'policy'].includes(result) ? 'fail' : 'unknown'
}
