/**
 * One WebSocket endpoint, `/realtime`: JSON text frames checked by a schema, heartbeats, bounded buffers. Who may connect
 * and what frames mean is the business of whoever is given the connection. A screen that falls too far behind is closed:
 * it resumes by seq, which is cheaper than a queue without end.
 */
import websocket from '@fastify/websocket'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import { ClientFrame, type ServerFrame } from '../../../contracts/realtime.ts'

export interface Connection {
  send(frame: ServerFrame): void
  close(): void
  onFrame(listener: (frame: ClientFrame) => void): void
  /** Also heard, a moment later, if it is closed already. */
  onClose(listener: () => void): void
}

export interface RealtimeOptions {
  /** May a page of this origin connect? Asked before the upgrade (cross-site WebSocket hijacking). */
  readonly originAllowed: (request: FastifyRequest) => Promise<boolean>
  /** Takes a new connection. Throws to refuse it. */
  readonly accept: (connection: Connection, request: FastifyRequest) => Promise<void>
}

const PING_MS = 25_000
/** Bytes that may wait for a slow reader. */
const MAX_BUFFERED = 4 * 1024 * 1024
const MAX_FRAME = 64 * 1024
const MAX_FRAMES_PER_SECOND = 50

export async function serveRealtime(app: FastifyInstance, options: RealtimeOptions): Promise<void> {
  await app.register(websocket, { options: { maxPayload: MAX_FRAME } })
  app.route({
    method: 'GET',
    url: '/realtime',
    schema: { hide: true },
    preValidation: async (request, reply) => {
      if (!(await options.originAllowed(request))) return reply.code(403).send()
    },
    handler: (_request, reply) => reply.code(426).header('upgrade', 'websocket').send(),
    wsHandler: (socket, request) => {
      const connection = connectionOf(socket, request)
      options.accept(connection, request).catch((error: unknown) => {
        request.log.info({ err: error }, 'realtime connection refused')
        socket.close(1008)
      })
    },
  })
}

function connectionOf(socket: WebSocket, request: FastifyRequest): Connection {
  // Frames that come before somebody listens are kept: the first `hello` travels with the upgrade.
  const early: ClientFrame[] = []
  let listener: ((frame: ClientFrame) => void) | undefined
  let alive = true
  let frames = 0
  const heartbeat = setInterval(() => {
    frames = 0
    if (!alive) return socket.terminate()
    alive = false
    socket.ping()
  }, PING_MS)
  socket.on('pong', () => {
    alive = true
  })
  socket.on('error', (error) => request.log.debug({ err: error }, 'realtime socket'))
  socket.on('close', () => clearInterval(heartbeat))
  socket.on('message', (data) => {
    alive = true
    frames++
    if (frames > (MAX_FRAMES_PER_SECOND * PING_MS) / 1000) return socket.close(1008)
    const frame = readFrame(String(data))
    if (!frame) return socket.close(1007)
    if (listener) listener(frame)
    else early.push(frame)
  })
  return {
    send: (frame) => {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > MAX_BUFFERED) return socket.terminate()
      socket.send(JSON.stringify(frame))
    },
    close: () => socket.close(1000),
    onFrame: (next) => {
      listener = next
      for (const frame of early.splice(0)) next(frame)
    },
    // Who it is is asked of the database: the page may have gone by then, and would stand among the open ones for ever.
    onClose: (next) => {
      if (socket.readyState === socket.CLOSED) process.nextTick(next)
      else socket.on('close', next)
    },
  }
}

function readFrame(text: string): ClientFrame | undefined {
  try {
    return ClientFrame.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
