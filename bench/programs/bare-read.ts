/** What `home` is compared with: a bare Fastify route that reads one row by its primary key. Answers `start`. */
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import pg from 'pg'
import { answerParent } from '../harness/answer.ts'

answerParent({
  start: async ({ databaseUrl, connections }: { databaseUrl: string; connections: number }) => {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: connections })
    const app = Fastify()
    app.get<{ Querystring: { line: string } }>('/line', async (request) => {
      const { rows } = await pool.query({
        name: 'line',
        text: 'select id, msisdn, state, region from lines.line where id = $1',
        values: [request.query.line],
      })
      return rows[0]
    })
    await app.listen({ host: '127.0.0.1', port: 0 })
    return (app.server.address() as AddressInfo).port
  },
})
