import { z } from 'zod'
import { Unavailable } from '../../platform/outgoing/index.ts'
import { jsonOf } from './json-of.ts'
import type { RemoteClientDeps } from './remote-system.ts'

/** The access token of a remote system: asked for once, by whoever comes first, and again before it ends. */
export interface Access {
  token(): Promise<string>
  /** It was refused: the next one asks anew. */
  forget(token: string): void
}

const Granted = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.number().positive().default(60),
})
const TIMEOUT_MS = 2_500
/** Asked for anew so long before the end, so that none ends on its way. */
const SPARE_MS = 30_000

export function createAccess({ outgoing, clock, system, timeoutMs }: RemoteClientDeps): Access {
  const service = new URL(system.url).host
  let held: { readonly value: string; readonly until: number } | undefined
  let asking: Promise<string> | undefined

  async function ask(): Promise<string> {
    const { clientId, clientSecret } = system
    const credentials = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`)
    const { body } = await outgoing
      .request({
        url: `${system.url}/oauth/token`,
        method: 'POST',
        headers: {
          authorization: `Basic ${credentials.toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials',
        timeoutMs: timeoutMs ?? TIMEOUT_MS,
        // No token, no request: nothing of it can have arrived.
        expect: (status) => status === 200,
      })
      .catch((error: unknown) => {
        if (!(error instanceof Unavailable)) throw error
        const { facts, status, retryAfterMs } = error
        throw new Unavailable(service, {
          reason: String(facts.reason),
          status,
          retryAfterMs,
          mayHaveArrived: false,
          cause: error,
        })
      })
    const granted = Granted.safeParse(jsonOf(body))
    if (!granted.success) throw new Unavailable(service, { reason: 'no token', mayHaveArrived: false })
    const { access_token: value, expires_in: seconds } = granted.data
    held = { value, until: clock.now().getTime() + seconds * 1000 - Math.min(SPARE_MS, seconds * 500) }
    return value
  }

  return {
    token: () => {
      if (held && held.until > clock.now().getTime()) return Promise.resolve(held.value)
      asking ??= ask().finally(() => {
        asking = undefined
      })
      return asking
    },
    forget: (token) => {
      if (held?.value === token) held = undefined
    },
  }
}
