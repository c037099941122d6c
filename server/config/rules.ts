import type { Variables } from './variables.ts'

/** Does this host name or address reach only programs on the same machine? */
export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '::1' ||
    host === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(host)
  )
}

/** Does listening there open every interface? Then nobody can tell from it where browsers reach us. */
function isWildcard(host: string): boolean {
  return ['0.0.0.0', '[::]'].includes(new URL(`http://${bracketed(host)}`).hostname)
}

/** A host as it stands in an address: IPv6 in brackets. */
export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/**
 * The origins that our own pages have. On one's own machine people type localhost as often as 127.0.0.1, and browsers take these for
 * different sites; a public address has one spelling.
 */
export function ownOrigins(publicUrl: string): string[] {
  const { origin, protocol, hostname, port } = new URL(publicUrl)
  if (!isLoopback(hostname)) return [origin]
  const spellings = ['127.0.0.1', 'localhost', '[::1]'].map(
    (host) => new URL(`${protocol}//${host}${port && `:${port}`}`).origin,
  )
  return [...new Set([origin, ...spellings])]
}

function isPublic(publicUrl: string | undefined): boolean {
  return publicUrl !== undefined && !isLoopback(new URL(publicUrl).hostname)
}

/** A first start on one's own machine shows the demo; anything that looks like an installation for others does not. */
export function demoByDefault(values: Variables): boolean {
  const ownMachine = isLoopback(values.HOST) && !isPublic(values.PUBLIC_URL)
  return values.NODE_ENV !== 'production' && values.DATABASE_URL === undefined && ownMachine
}

/** What is wrong with values that are each well-formed. */
export function contradictions(values: Variables): string[] {
  return [...demoProblems(values), ...addressProblems(values), ...incomplete(values), ...notYet(values)]
}

function demoProblems(values: Variables): string[] {
  if (values.OTKLIK_DEMO !== true) return []
  const why = [
    values.NODE_ENV === 'production' && 'NODE_ENV is production',
    isPublic(values.PUBLIC_URL) && `PUBLIC_URL is public (${values.PUBLIC_URL})`,
    !isLoopback(values.HOST) && `HOST is ${values.HOST}, which others can reach`,
  ]
  return why
    .filter((reason) => reason !== false)
    .map((reason) => `OTKLIK_DEMO is on, but ${reason}: the demo's accounts are for one's own machine`)
}

function addressProblems({ NODE_ENV, HOST, PUBLIC_URL }: Variables): string[] {
  if (PUBLIC_URL === undefined && isWildcard(HOST))
    return [`PUBLIC_URL is needed when HOST is ${HOST}: it says by which address browsers reach this machine`]
  if (NODE_ENV !== 'production' || PUBLIC_URL === undefined || PUBLIC_URL.startsWith('https:')) return []
  return [`PUBLIC_URL must start with https:// when NODE_ENV is production (it is ${PUBLIC_URL})`]
}

function incomplete(values: Variables): string[] {
  return [
    ...together(values, ['TLS_CERT', 'TLS_KEY']),
    ...together(values, ['YOOKASSA_SHOP_ID', 'YOOKASSA_SECRET_KEY', 'YOOKASSA_CALLBACK_KEY']),
    ...together(values, ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']),
    ...together(values, ['LLM_URL', 'LLM_MODEL']),
    ...together(values, ['OPERATOR_URL', 'OPERATOR_CLIENT_ID', 'OPERATOR_CLIENT_SECRET']),
  ]
}

function together(values: Variables, names: (keyof Variables)[]): string[] {
  const missing = names.filter((name) => values[name] === undefined)
  if (missing.length === 0 || missing.length === names.length) return []
  return [
    `${names.join(', ')} belong together: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`,
  ]
}

function notYet({ FILES_URL, NATS_URL }: Variables): string[] {
  const problems: string[] = []
  if (FILES_URL !== undefined)
    problems.push('FILES_URL is not available in this version: files are kept in OTKLIK_DATA')
  if (NATS_URL !== undefined)
    problems.push('NATS_URL is not available in this version: nodes tell each other through the database')
  return problems
}
