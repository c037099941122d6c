import { once } from 'node:events'
import { createServer } from 'node:http'
import { freePort } from './otklik.ts'

/** A notification as it came. */
export interface Heard {
  readonly raw: string
  readonly body: { readonly eventType: string; readonly eventId: string; readonly event: object }
  readonly signature: string
}

/** Another system's end of a hub: takes whatever it is told. */
export interface HubListener {
  readonly origin: string
  readonly callback: string
  /** What it was told, oldest first. */
  heard: Heard[]
  end(): void
}

export async function aHubListener(): Promise<HubListener> {
  const origin = `http://127.0.0.1:${await freePort()}`
  const server = createServer((request, answer) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const raw = Buffer.concat(parts).toString('utf8')
      const signature = String(request.headers['otklik-signature'])
      listener.heard.push({ raw, body: JSON.parse(raw), signature })
      answer.writeHead(204).end()
    })
  }).listen(Number(new URL(origin).port), '127.0.0.1')
  await once(server, 'listening')
  const listener: HubListener = {
    origin,
    callback: `${origin}/events`,
    heard: [],
    end: () => void server.close(),
  }
  return listener
}
