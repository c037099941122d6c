import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { ErrorCode } from '../../../contracts/problems.ts'
import { type Answer, retryDelay, Unavailable } from '../../platform/outgoing/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { createAccess } from './access.ts'
import { jsonOf } from './json-of.ts'
import type { RemoteClientDeps } from './remote-system.ts'

/** Asks a remote system in TM Forum's words. */
export interface RemoteClient {
  /** Undefined: there is none (404). Refuses with `unavailable`, and as the other side refuses. */
  read<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S> | undefined>
  list<S extends z.ZodType>(
    path: string,
    query: Readonly<Record<string, string>>,
    item: S,
  ): Promise<z.output<S>[]>
  /** Only what may be sent twice and is done once. */
  send<S extends z.ZodType>(path: string, body: unknown, schema: S): Promise<z.output<S>>
}

const TIMEOUT_MS = 2_500
const ATTEMPTS = 3
const RETRY = { baseMs: 100, maxMs: 1_000 }
/** How long nobody waits for a system that has just not answered. */
const REST_MS = 5_000
/** A longer pause that the other side asks for is told to who asks, not waited for. */
const MOST_PAUSE_MS = 1_500
const MAX_BYTES = 4 * 1024 * 1024

interface Ask {
  readonly path: string
  readonly method: 'GET' | 'POST'
  readonly body?: string
}

export function createRemoteClient(deps: RemoteClientDeps): RemoteClient {
  const service = new URL(deps.system.url).host
  const ask = createAsking(deps, service)
  return {
    read: async (path, schema) => {
      const answer = await ask({ path, method: 'GET' })
      return answer.status === 404 ? undefined : parse(schema, succeeded(answer, service), service)
    },
    list: async (path, query, item) => {
      const answer = await ask({ path: `${path}?${new URLSearchParams(query)}`, method: 'GET' })
      return parse(z.array(item), succeeded(answer, service), service)
    },
    send: async (path, body, schema) => {
      const answer = await ask({ path, method: 'POST', body: JSON.stringify(body) })
      return parse(schema, succeeded(answer, service), service)
    },
  }
}

/** Asks a few times; a system that did not answer is left in peace for a while, by all who would ask it. */
function createAsking(deps: RemoteClientDeps, service: string): (request: Ask) => Promise<Answer> {
  const { clock } = deps
  const attempt = createAttempt(deps, service)
  let restsUntil = 0

  function refuseWhileResting(arrived: boolean): void {
    const rest = restsUntil - clock.now().getTime()
    if (rest > 0)
      throw new Unavailable(service, { reason: 'resting', mayHaveArrived: arrived, retryAfterMs: rest })
  }

  return async (request) => {
    refuseWhileResting(false)
    let arrived = false
    for (let failures = 1; ; failures++) {
      try {
        return await attempt(request)
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error
        arrived ||= error.mayHaveArrived
        const wait = retryDelay(failures, RETRY, error.retryAfterMs)
        if (failures === ATTEMPTS || wait > MOST_PAUSE_MS) {
          restsUntil = clock.now().getTime() + REST_MS
          throw new Unavailable(service, { ...reasonOf(error), mayHaveArrived: arrived, cause: error })
        }
        await pause(wait)
        // Somebody else has found out meanwhile that it is away.
        refuseWhileResting(arrived)
      }
    }
  }
}

/** One request under the token of now; a token that is not taken any more is forgotten. */
function createAttempt(deps: RemoteClientDeps, service: string): (request: Ask) => Promise<Answer> {
  const access = createAccess(deps)
  return async ({ path, method, body }) => {
    const token = await access.token()
    const answer = await deps.outgoing.request({
      url: `${deps.system.url}/tmf-api/${path}`,
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
      },
      ...(body !== undefined && { body }),
      timeoutMs: deps.timeoutMs ?? TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      expect: (status) => status < 500 && status !== 429 && status !== 408,
    })
    if (answer.status === 401) {
      access.forget(token)
      throw new Unavailable(service, { reason: 'status 401', status: 401, mayHaveArrived: false })
    }
    return answer
  }
}

const reasonOf = ({ facts, retryAfterMs, status }: Unavailable) => ({
  reason: String(facts.reason),
  retryAfterMs: retryAfterMs ?? REST_MS,
  status,
})

const TmfError = z.looseObject({ code: z.string(), message: z.string().optional() })

/** The body of a success. A refusal in words that we know is passed on as it is; any other is a failure of the system. */
function succeeded({ status, body }: Answer, service: string): unknown {
  const read = jsonOf(body)
  if (status >= 200 && status < 300) return read
  const error = TmfError.safeParse(read)
  const code = ErrorCode.safeParse(error.data?.code)
  if (!code.success)
    throw new Unavailable(service, { reason: `status ${status}`, status, mayHaveArrived: true })
  throw new Refusal(code.data, factsOf(error.data?.message))
}

function parse<S extends z.ZodType>(schema: S, body: unknown, service: string): z.output<S> {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  const at = read.error.issues[0]?.path.join('.') ?? ''
  throw new Unavailable(service, { reason: `answer not understood at ${at}`, mayHaveArrived: true })
}

function factsOf(message: string | undefined): Record<string, unknown> {
  const read = z.record(z.string(), z.unknown()).safeParse(jsonOf(Buffer.from(message ?? '')))
  return read.data ?? {}
}
