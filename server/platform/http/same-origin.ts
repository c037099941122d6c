import type { FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'

type Headers = Pick<FastifyRequest, 'headers'>

/** Does the browser say that the request comes from a page of ours? `undefined`: it says nothing about it. */
export function isSameOrigin({ headers }: Headers, allowedOrigins: readonly string[]): boolean | undefined {
  if (headers.origin !== undefined) return allowedOrigins.includes(headers.origin)
  const site = headers['sec-fetch-site']
  return site === undefined ? undefined : site === 'same-origin'
}

/**
 * Refuses with `origin_not_allowed` what a foreign page could have sent with our cookie (CSRF), and what does not say where it
 * comes from: every browser names the origin of a request that is not a GET.
 */
export function requireSameOrigin(request: Headers, allowedOrigins: readonly string[]): void {
  if (isSameOrigin(request, allowedOrigins) !== true) throw new Refusal('origin_not_allowed')
}
