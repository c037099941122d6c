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

function addressProblems({ NODE_ENV, PUBLIC_URL }: Variables): string[] {
  if (NODE_ENV !== 'production' || PUBLIC_URL === undefined || PUBLIC_URL.startsWith('https:')) return []
  return [`PUBLIC_URL must start with https:// when NODE_ENV is production (it is ${PUBLIC_URL})`]
}

function incomplete(values: Variables): string[] {
  return [
    ...together(values, ['TLS_CERT', 'TLS_KEY']),
    ...together(values, ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']),
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
