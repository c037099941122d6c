import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']

export interface Insiders {
  readonly metricsToken?: string | undefined
  readonly trustedProxies?: readonly string[]
}

/** A hook that lets pass whoever is on this machine or bears the token; refuses others with `unauthenticated`. */
export function insiders({ metricsToken: token, trustedProxies = [] }: Insiders) {
  const trusting = trustedProxies.length > 0
  return async (request: FastifyRequest): Promise<void> => {
    if (isLocal(request, trusting)) return
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (token === undefined || bearer === undefined || !same(bearer, token))
      throw new Refusal('unauthenticated')
  }
}

// A proxy on this machine that nobody has told us to trust makes the whole world look local: what it forwards does not count.
function isLocal({ ip, headers }: FastifyRequest, trusting: boolean): boolean {
  if (!trusting && FORWARDED.some((name) => headers[name] !== undefined)) return false
  return isLoopbackIp(ip)
}

function isLoopbackIp(ip: string): boolean {
  return ip === '::1' || /^(::ffff:)?127\./.test(ip)
}

function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
