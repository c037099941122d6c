import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What happens on the way to the other side: `lost`: an order arrives and its answer does not; `swallowed`: the order does not either;
 * `deaf`: orders arrive and their answers do not, and nothing of them can be asked.
 */
export type Way = 'open' | 'away' | 'slow' | 'lost' | 'lost-once' | 'swallowed' | 'deaf' | 'twice' | 'broken'

/** A way to an installation on which things go wrong. */
export interface WayBetween {
  readonly url: string
  way: Way
  /** What was asked over it: method, path, authorization. */
  requests: string[]
  end(): void
}

/** @param to where the installation is */
export async function aWayBetween(to: () => string): Promise<WayBetween> {
  const server = createServer((request, answer) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', async () => {
      const path = request.url ?? ''
      between.requests.push(`${request.method} ${path} ${request.headers.authorization}`)
      const { way } = between
      const isAboutOrders = path.startsWith('/tmf-api/productOrdering')
      const isOrder = isAboutOrders && request.method === 'POST'
      const isCut =
        way === 'away' || (way === 'swallowed' && isOrder) || (way === 'deaf' && isAboutOrders && !isOrder)
      if (isCut) return request.socket.destroy()
      if (way === 'slow') return
      if (way === 'broken') return answer.writeHead(502).end('<html>')
      const pass = () =>
        fetch(to() + path, {
          method: request.method ?? 'GET',
          headers: {
            authorization: request.headers.authorization ?? '',
            ...(request.headers['content-type'] && { 'content-type': request.headers['content-type'] }),
          },
          ...(request.method === 'POST' && { body: Buffer.concat(parts) }),
        })
      if (way === 'twice') await pass()
      const passed = await pass()
      if (isOrder && ['lost', 'lost-once', 'deaf'].includes(way)) {
        if (way === 'lost-once') between.way = 'open'
        return request.socket.destroy()
      }
      answer.writeHead(passed.status, { 'content-type': 'application/json' }).end(await passed.text())
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const between: WayBetween = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    way: 'open',
    requests: [],
    end: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  return between
}
