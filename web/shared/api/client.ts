import { v7 } from 'uuid'
import { safeParse, type z } from 'zod'
import type { Route } from '../../../contracts/route.ts'
import { ApiProblem, problemOf } from './problem.ts'
import { retriesOf, retryDelay } from './retry.ts'

type Part<R extends Route, K extends 'params' | 'body'> = R[K] extends z.ZodType
  ? { [P in K]: z.input<R[K]> }
  : unknown
type QueryPart<R extends Route> = R['query'] extends z.ZodType ? { query?: z.input<R['query']> } : unknown

/** What every call may carry besides the parts that its route declares. */
interface Carried {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  /** Idempotency key of a `key` or `once` route; made here when absent. Give the same one to repeat a write. */
  readonly key?: string
  /** The person is here: a read that says so keeps the session from locking. */
  readonly active?: boolean
  /** The page is about to go: the request outlives it (browsers allow 64 KB). */
  readonly keepalive?: boolean
  readonly signal?: AbortSignal | undefined
}

/** The input of a route: its declared parts, checked by the compiler. */
export type Input<R extends Route> = Part<R, 'params'> & Part<R, 'body'> & QueryPart<R> & Carried

/** Calls one operation of the contract. Throws `ApiProblem`. */
export type Call = <const R extends Route>(route: R, input: Input<R>) => Promise<z.output<R['response']>>

export interface ClientOptions {
  readonly fetch?: typeof fetch
  /** One attempt's time-out in milliseconds. */
  readonly timeoutMs?: number
  /** Hears of every problem before the caller does (session ended, database away). */
  readonly onProblem?: (problem: ApiProblem) => void
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Path and query of a call. */
export function urlOf(
  route: Pick<Route, 'path'>,
  { params, query }: Pick<Carried, 'params' | 'query'>,
): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params?.[name] ?? '')),
  )
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, String(value)]],
  )
  return pairs.length ? `${path}?${new URLSearchParams(pairs)}` : path
}

/**
 * A client over the tables of operations: paths, types, idempotency keys, time-outs and retries come from the route.
 * Answers are parsed by the route's schema, so that a screen never works on a shape that it does not know.
 */
export function createClient(options: ClientOptions = {}): Call {
  const { fetch: send = fetch, timeoutMs = 15_000, onProblem } = options

  async function attempt(route: Route, input: Carried, headers: Headers): Promise<unknown> {
    const limit = AbortSignal.timeout(timeoutMs)
    const signal = input.signal ? AbortSignal.any([input.signal, limit]) : limit
    const init: RequestInit = { method: route.method, headers, signal, credentials: 'same-origin' }
    if (input.keepalive) init.keepalive = true
    if (input.body !== undefined) init.body = JSON.stringify(input.body)
    try {
      const response = await send(urlOf(route, input), init)
      const payload: unknown = await response.json().catch(() => null)
      if (!response.ok) throw problemOf(response.status, payload)
      return payload
    } catch (error) {
      if (error instanceof ApiProblem || input.signal?.aborted) throw error
      throw new ApiProblem(limit.aborted ? 'timeout' : 'network')
    }
  }

  async function persist(route: Route, input: Carried): Promise<unknown> {
    const headers = headersOf(route, input)
    for (let tried = 0; ; tried++) {
      try {
        return await attempt(route, input, headers)
      } catch (error) {
        const delay = tried < retriesOf(route) ? retryDelay(error, tried) : null
        if (delay === null || input.signal?.aborted) throw tellOf(error)
        await wait(delay)
      }
    }
  }

  function tellOf(error: unknown): unknown {
    if (error instanceof ApiProblem) onProblem?.(error)
    return error
  }

  return async <const R extends Route>(route: R, input: Input<R>): Promise<z.output<R['response']>> => {
    const answer = safeParse<R['response']>(route.response, await persist(route, input))
    if (answer.success) return answer.data
    throw new ApiProblem('bad_answer', 200, { where: answer.error.issues[0]?.path.join('.') ?? '' })
  }
}

function headersOf(route: Route, input: Carried): Headers {
  const headers = new Headers({ accept: 'application/json' })
  if (input.body !== undefined) headers.set('content-type', 'application/json')
  if (route.idempotency === 'key' || route.idempotency === 'once')
    headers.set('idempotency-key', input.key ?? v7())
  if (input.active) headers.set('x-otklik-active', '1')
  return headers
}
