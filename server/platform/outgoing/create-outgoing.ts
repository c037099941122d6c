import { isIP } from 'node:net'
import { Agent, type Dispatcher, request as send } from 'undici'
import { type Clock, systemClock } from '../clock.ts'
import { Refusal } from '../refusal.ts'
import { abandon, boundedBody } from './bounded-body.ts'
import { failureOf } from './failures.ts'
import { guardedLookup } from './guarded-lookup.ts'
import { isInnerAddress } from './inner-addresses.ts'
import type { Download, Outgoing, OutgoingRequest } from './outgoing.ts'
import { type Hop, nextHop } from './redirects.ts'
import { retryAfterOf } from './retry.ts'
import { Unavailable } from './unavailable.ts'

export interface OutgoingOptions {
  /** Origins (`http://127.0.0.1:3001`) that may lead to inner addresses: the operator's own systems, the demo's outside world. */
  readonly allowPrivate?: readonly string[]
  readonly clock?: Clock
  /** Sent as User-Agent. */
  readonly userAgent?: string
  /** Resolves names; for tests. */
  readonly lookup?: Parameters<typeof guardedLookup>[0]
}

const TIMEOUT_MS = 15_000
const CONNECT_TIMEOUT_MS = 5_000
const MAX_BYTES = 1024 * 1024
const MAX_REDIRECTS = 3

/** The client of one process; keeps connections open between requests to the same origin. */
export function createOutgoing(options: OutgoingOptions = {}): Outgoing {
  const { clock = systemClock, userAgent = 'Otklik' } = options
  const ways = createWays(options)

  async function download(request: OutgoingRequest): Promise<Download> {
    const service = webAddress(request.url).host
    const maxBytes = request.maxBytes ?? MAX_BYTES
    const answer = await answerTo(request, userAgent, ways.agentFor)
    const { statusCode: status, headers, body } = answer
    if (request.expect && !request.expect(status)) {
      await discard(body)
      const retryAfterMs = retryAfterOf(textOf(headers['retry-after']), clock.now())
      throw new Unavailable(service, {
        reason: `status ${status}`,
        status,
        mayHaveArrived: true,
        retryAfterMs,
      })
    }
    if (Number(headers['content-length'] ?? 0) > maxBytes && request.method !== 'HEAD') {
      abandon(body)
      throw new Refusal('payload_too_large', { maxBytes, service })
    }
    return { status, headers, body: boundedBody(body, maxBytes, service) }
  }

  return {
    async request(request) {
      const { status, headers, body } = await download(request)
      return { status, headers, body: Buffer.concat(await body.toArray()) }
    },
    download,
    close: ways.close,
  }
}

type AgentFor = (url: URL) => Dispatcher

/** The two ways out: a guarded one, and an open one to trusted origins. */
function createWays({ allowPrivate = [], lookup }: OutgoingOptions): {
  readonly agentFor: AgentFor
  close(): Promise<void>
} {
  const trusted = new Set(allowPrivate.map((address) => new URL(address).origin))
  const guarded = new Agent({
    connect: { lookup: guardedLookup(lookup), timeout: CONNECT_TIMEOUT_MS },
    connections: 64,
  })
  const open = new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS }, connections: 64 })
  return {
    agentFor: (url) => {
      if (trusted.has(url.origin)) return open
      // The socket asks no DNS about a literal address, so it is looked at here.
      const host = url.hostname.replace(/^\[|\]$/g, '')
      if (isIP(host) !== 0 && isInnerAddress(host)) throw new Refusal('private_address', { host })
      return guarded
    },
    close: async () => {
      await Promise.all([guarded.close(), open.close()])
    },
  }
}

/** The answer after all redirects; each hop is guarded anew, and all share one deadline. */
async function answerTo(
  request: OutgoingRequest,
  userAgent: string,
  agentFor: AgentFor,
): Promise<Dispatcher.ResponseData> {
  const method = request.method ?? 'GET'
  const deadline = AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS)
  const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline
  let hop: Hop = { url: webAddress(request.url), headers: { 'user-agent': userAgent, ...request.headers } }
  for (let redirects = 0; ; redirects++) {
    const answer = await send(hop.url, {
      dispatcher: agentFor(hop.url),
      method,
      headers: hop.headers,
      ...(request.body !== undefined && { body: request.body }),
      signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    }).catch((error: unknown) => {
      throw failureOf(error, hop.url.host)
    })
    const next = nextHop(method, hop, answer)
    if (next === undefined) return answer
    await discard(answer.body)
    if (redirects === MAX_REDIRECTS) {
      throw new Unavailable(hop.url.host, { reason: 'too many redirects', mayHaveArrived: true })
    }
    hop = next
  }
}

function webAddress(address: string | URL): URL {
  const url = URL.canParse(String(address)) ? new URL(address) : undefined
  const usable = url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  if (!usable) throw new Refusal('invalid_request', { what: 'url' })
  return url
}

// An aborted or endless rest is nothing to us; a short one lets the connection be used again.
async function discard(body: Dispatcher.ResponseData['body']): Promise<void> {
  await body.dump({ limit: 16 * 1024 }).catch(() => undefined)
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0]
}
