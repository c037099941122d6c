/** What `ingest` is compared with: a bare Fastify route that parses the same body and does one durable INSERT of one row. */
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import pg from 'pg'
import { answerParent } from '../harness/answer.ts'

interface Update {
  readonly message: { sender: { user_id: number }; body: { mid: string; text: string } }
}

answerParent({
  start: async ({ databaseUrl, connections }: { databaseUrl: string; connections: number }) => {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: connections })
    const app = Fastify()
    app.post<{ Body: Update }>('/hook', async (request, reply) => {
      const { sender, body } = request.body.message
      await pool.query({
        name: 'keep',
        text: 'insert into bench.message (id, chat, text) values ($1, $2, $3)',
        values: [body.mid, sender.user_id, body.text],
      })
      return reply.code(200).send()
    })
    await app.listen({ host: '127.0.0.1', port: 0 })
    return (app.server.address() as AddressInfo).port
  },
})
