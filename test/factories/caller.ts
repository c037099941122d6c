import type { z } from 'zod'
import { contracts } from '../../contracts/index.ts'
import type { Locale } from '../../contracts/primitives.ts'
import type { Problem } from '../../contracts/problems.ts'
import type { Route } from '../../contracts/route.ts'

/** Somebody who calls the API over real HTTP. */
export interface Caller {
  readonly headers: Readonly<Record<string, string>>
  /** Calls an operation; throws a `Refused` with the problem unless it succeeds. */
  call<R extends Route>(route: R, input?: CallInput): Promise<z.output<R['response']>>
}

export interface CallInput {
  readonly params?: Record<string, string>
  readonly query?: Record<string, string | number>
  readonly body?: unknown
  readonly key?: string
}

/** The server said no. */
export class Refused extends Error {
  readonly status: number
  readonly problem: Problem
  constructor(status: number, problem: Problem) {
    super(`${status} ${problem.code} ${JSON.stringify(problem.facts)}`)
    this.status = status
    this.problem = problem
  }
}

export function aCaller(url: string, headers: Record<string, string> = {}): Caller {
  return {
    headers,
    call: async (route, { params = {}, query, body, key } = {}) => {
      const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
      const search = query
        ? `?${new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]))}`
        : ''
      const answer = await fetch(url + path + search, {
        method: route.method,
        headers: {
          ...headers,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(key && { 'idempotency-key': key }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const said: unknown = answer.headers.get('content-type')?.includes('json')
        ? await answer.json()
        : await answer.text()
      if (!answer.ok) throw new Refused(answer.status, said as Problem)
      return route.response.parse(said) as never
    },
  }
}

/** Signs a member of the staff in over HTTP. */
export async function aStaffCaller(url: string, login: { email: string; password: string }): Promise<Caller> {
  const answer = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: login.email, password: login.password }),
  })
  if (!answer.ok) throw new Refused(answer.status, (await answer.json()) as Problem)
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  return aCaller(url, { cookie, origin: url })
}

/** A new visitor of a site's chat. */
export async function aVisitorCaller(
  url: string,
  account: string,
  locale?: Locale,
): Promise<Caller & { visitorId: string; token: string }> {
  const { visitorId, token } = await aCaller(url).call(contracts.chat.startVisitor, {
    body: { account, ...(locale && { locale }) },
  })
  return { ...aCaller(url, { authorization: `Bearer ${token}` }), visitorId, token }
}
