import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Fault, Faults } from './faults.ts'

/** How one service names its operations and words its refusals. */
export interface FaultyService {
  service: Fault['service']
  methodOf(request: FastifyRequest): string
  refuse(reply: FastifyReply, status: 429 | 500, retryAfterS: number): FastifyReply
}

const BAD_GATEWAY =
  '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>'

/** Makes planned faults happen to the requests of the routes registered in this scope. */
export function installFaults(scope: FastifyInstance, faults: Faults, service: FaultyService): void {
  const afterAccept = new WeakMap<FastifyRequest, Fault['kind']>()

  scope.addHook('onRequest', async (request, reply) => {
    const fault = faults.take(service.service, service.methodOf(request))
    if (fault === undefined) return undefined
    if (fault.kind === '429') return service.refuse(reply, 429, fault.retryAfterS)
    if (fault.kind === '500') return service.refuse(reply, 500, 0)
    if (fault.kind === 'drop') {
      reply.hijack()
      request.raw.socket.destroy()
      return undefined
    }
    if (fault.kind === 'slow') await sleep(fault.delayMs)
    afterAccept.set(request, fault.kind)
    return undefined
  })

  scope.addHook('onSend', async (request, reply, payload) => {
    const kind = afterAccept.get(request)
    if (kind === 'drop-after-accept') request.raw.socket.destroy()
    // The caller gives up and closes; only then may the request end here.
    if (kind === 'timeout-after-accept') await closed(request)
    if (kind !== '502-after-accept') return payload
    reply.code(502).type('text/html')
    return BAD_GATEWAY
  })
}

function closed(request: FastifyRequest): Promise<void> {
  const { socket } = request.raw
  if (socket.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    socket.once('close', () => resolve())
  })
}
