import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { NewAccount } from '../../server/care/timeline/index.ts'

/** A door of MAX as the product opens it, which reaches the stand-in and nobody else. */
export interface MaxDoor {
  readonly account: NewAccount & { readonly id: string }
  readonly path: string
  readonly secret: string
}

export interface StandIn {
  readonly url: string
  /** Texts that arrived, in order, by chat (user id of MAX). */
  readonly received: ReadonlyMap<string, readonly string[]>
  door(number: number): MaxDoor
}

const Message = z.object({ text: z.string() })

/**
 * The other side of MAX's API as far as the benchmarks need it: takes subscriptions and messages, answers well, counts
 * what it got. (The product's tests use `world/`; a storm wants several bots and no more work than this.)
 * @param slowMs a message takes up to so long to be answered, so that kills meet messages on their way
 */
export async function openStandIn({ slowMs = 0 } = {}): Promise<StandIn & { close(): Promise<void> }> {
  const received = new Map<string, string[]>()
  const subscriptions = new Set<string>()
  let mid = 0

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://max')
    const body = await bodyOf(request)
    const say = (value: unknown) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
    if (url.pathname !== '/messages') {
      if (request.method === 'POST')
        subscriptions.add(z.object({ url: z.string() }).parse(JSON.parse(body)).url)
      return say({ success: true, subscriptions: [...subscriptions].map((one) => ({ url: one })) })
    }
    const chat = url.searchParams.get('user_id') ?? ''
    const texts = received.get(chat) ?? []
    received.set(chat, texts)
    texts.push(Message.parse(JSON.parse(body)).text)
    if (slowMs > 0) await pause(Math.random() * slowMs)
    return say({ message: { body: { mid: `out.${++mid}` } } })
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    received,
    door: (number) => aDoor(url, number),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

function aDoor(url: string, number: number): MaxDoor {
  const id = `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`
  const secret = 'bench-webhook-secret-0000'
  return {
    account: {
      id,
      kind: 'max',
      name: `MAX ${number}`,
      policy: 'full',
      settings: { apiBase: url, mode: 'webhook', botName: 'bench_bot' },
      secrets: { token: `bench-token-${number}`, webhookSecret: secret },
    },
    path: `/channels/${id}/webhook`,
    secret,
  }
}
