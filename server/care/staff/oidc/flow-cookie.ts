import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Clock } from '../../../platform/clock.ts'
import { addCookie, hostCookieName, readCookie } from '../../../platform/http/index.ts'
import { SealBroken, type Vault } from '../../../platform/vault/index.ts'
import type { Flow } from './provider.ts'

const CONTEXT = 'staff.oidc-flow'
const LIFE_MS = 600_000
const Kept = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), until: z.number() })

const nameOf = (secure: boolean) => hostCookieName('otklik_oidc', secure)

interface Deps {
  readonly vault: Vault
  readonly clock: Clock
  readonly secure: boolean
}

/** Keeps the flow in the browser that began it, sealed. `Lax`: it must come along when the provider sends the browser back. */
export function keepFlow(reply: FastifyReply, { vault, clock, secure }: Deps, flow: Flow): void {
  const kept = { ...flow, until: clock.now().getTime() + LIFE_MS }
  const value = vault.seal(Buffer.from(JSON.stringify(kept)), CONTEXT).toString('base64url')
  addCookie(reply, nameOf(secure), value, { secure, sameSite: 'lax', maxAge: LIFE_MS / 1000 })
}

/** The flow that this browser began in the last ten minutes; a flow is taken once. */
export function takeFlow(
  request: FastifyRequest,
  reply: FastifyReply,
  { vault, clock, secure }: Deps,
): Flow | undefined {
  const value = readCookie(request, nameOf(secure))
  if (value === undefined) return undefined
  addCookie(reply, nameOf(secure), '', { secure, sameSite: 'lax', maxAge: 0 })
  const kept = Kept.safeParse(opened(vault, value))
  return kept.success && kept.data.until > clock.now().getTime() ? kept.data : undefined
}

function opened(vault: Vault, value: string): unknown {
  try {
    return JSON.parse(vault.open(Buffer.from(value, 'base64url'), CONTEXT).toString())
  } catch (error) {
    // A cookie is the browser's word: one that does not open is one that is not there.
    if (error instanceof SealBroken) return undefined
    throw error
  }
}
