import type { Dispatcher } from 'undici'

export interface Hop {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** What proves who we are must not follow to another origin. */
const PERSONAL = /^(authorization|cookie|proxy-authorization|x-.*(token|secret|key|signature).*)$/i

/**
 * Where a redirect leads, or undefined for an answer. Only reads follow one: repeating a write elsewhere is for whoever asked for it.
 * Addresses that are not HTTP are not followed.
 */
export function nextHop(
  method: string,
  { url, headers }: Hop,
  answer: Pick<Dispatcher.ResponseData, 'statusCode' | 'headers'>,
): Hop | undefined {
  const { location } = answer.headers
  if (!REDIRECTS.has(answer.statusCode) || typeof location !== 'string') return undefined
  if (method !== 'GET' && method !== 'HEAD') return undefined
  if (!URL.canParse(location, url.href)) return undefined
  const next = new URL(location, url)
  if (!/^https?:$/.test(next.protocol)) return undefined
  const kept = Object.entries(headers).filter(([name]) => next.origin === url.origin || !PERSONAL.test(name))
  return { url: next, headers: Object.fromEntries(kept) }
}
