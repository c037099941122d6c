/** What `echo` is compared with: a bare Fastify route, one INSERT, then the text to every open socket. */
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import pg from 'pg'
import { WebSocketServer } from 'ws'
import { answerParent } from '../harness/answer.ts'

interface Update {
  readonly message: { sender: { user_id: number }; body: { mid: string; text: string } }
}

interface Start {
  readonly databaseUrl: string
  readonly connections: number
  /** User ids whose messages go to the socket, as the agent watches only so many conversations. */
  readonly watched: readonly number[]
}

answerParent({
  start: async ({ databaseUrl, connections, watched }: Start) => {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: connections })
    const shown = new Set(watched)
    const app = Fastify()
    const sockets = new WebSocketServer({ server: app.server, path: '/realtime' })
    app.post<{ Body: Update }>('/hook', async (request, reply) => {
      const { sender, body } = request.body.message
      await pool.query({
        name: 'keep',
        text: 'insert into bench.message (id, chat, text) values ($1, $2, $3)',
        values: [body.mid, sender.user_id, body.text],
      })
      if (shown.has(sender.user_id)) {
        const frame = JSON.stringify({ type: 'entries', entries: [{ body: { text: body.text } }] })
        for (const socket of sockets.clients) socket.send(frame)
      }
      return reply.code(200).send()
    })
    await app.listen({ host: '127.0.0.1', port: 0 })
    return (app.server.address() as AddressInfo).port
  },
})
