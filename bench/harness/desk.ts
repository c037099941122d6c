import { setTimeout as pause } from 'node:timers/promises'
import type { Product } from './product.ts'

/** An agent's browser, as far as a benchmark needs it. */
export interface Desk {
  readonly headers: Readonly<Record<string, string>>
  /** Throws unless it is answered 2xx. */
  get<Answer>(path: string): Promise<Answer>
  /** Posts again and again until it is taken: the network may be away, the server dead. Throws when it is refused. */
  postUntilTaken(path: string, body: unknown): Promise<void>
}

const PASSING = new Set([429, 500, 502, 503, 504])

/** Signs a member of the demo staff in, by the beginning of their address. */
export async function openDesk({ url, logins }: Pick<Product, 'url' | 'logins'>, who: string): Promise<Desk> {
  const login = logins.find(({ email }) => email.startsWith(`${who}@`))
  const answer = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(login),
  })
  if (!answer.ok) throw new Error(`${who} cannot sign in: ${await answer.text()}`)
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0])
  const headers = { cookie: cookie.join('; '), origin: url }
  return {
    headers,
    get: async <Answer>(path: string) => {
      const got = await fetch(url + path, { headers })
      if (!got.ok) throw new Error(`${got.status} ${path}: ${await got.text()}`)
      return (await got.json()) as Answer
    },
    postUntilTaken: async (path, body) => {
      for (;;) {
        const status = await post(url + path, headers, body)
        if (status >= 200 && status < 300) return
        if (status !== 0 && !PASSING.has(status)) throw new Error(`${status} ${path}`)
        await pause(50 + Math.random() * 150)
      }
    },
  }
}

/** The status; 0 when nobody answered within `withinMs`. */
export async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  withinMs = 10_000,
): Promise<number> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(withinMs),
    })
    await answer.arrayBuffer()
    return answer.status
  } catch {
    return 0
  }
}
