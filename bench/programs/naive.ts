/**
 * The product's work on an accepted webhook done plainly: one transaction a request, over six trips. What is verified,
 * read and stored is the same, by the product's own adapter and into the product's own tables; only the sharing is missing.
 */
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import pg from 'pg'
import type { ChannelAccountRow, ChannelAdapter } from '../../server/care/timeline/index.ts'
import { createMaxAdapter } from '../../server/channels/max/index.ts'
import { systemClock } from '../../server/platform/clock.ts'
import { createOutgoing } from '../../server/platform/outgoing/index.ts'
import { createLog } from '../../server/platform/telemetry/index.ts'
import { answerParent } from '../harness/answer.ts'

const adapter: ChannelAdapter = createMaxAdapter({
  outgoing: createOutgoing({}),
  clock: systemClock,
  log: createLog({ level: 'silent' }),
  publicUrl: 'http://127.0.0.1',
})
/** Its connections end before the next program opens as many: the server has room for so many. */
const IDLE_MS = 100

const ask = (client: pg.PoolClient, name: string, text: string, values: unknown[]) =>
  client.query({ name, text, values })

async function accept(
  pool: pg.Pool,
  lanes: ReadonlyMap<string, string>,
  account: ChannelAccountRow,
  raw: Buffer,
) {
  const [event] = await adapter.parse(account, raw)
  if (event?.kind !== 'message') throw new Error('not a message')
  const lane = lanes.get(event.from.externalId)
  const now = new Date()
  const client = await pool.connect()
  try {
    await client.query('begin')
    await ask(client, 'key', 'insert into timeline.inbound_key values ($1, $2, $3)', [
      account.id,
      event.key,
      now,
    ])
    const { rows } = await ask(
      client,
      'lane',
      'update timeline.lane set last_seq = last_seq + 1, last_at = $2, last_inbound_at = $2 where id = $1 returning last_seq as seq',
      [lane, now],
    )
    const seq: unknown = rows[0]?.seq
    await ask(
      client,
      'raw',
      'insert into timeline.raw_event (received_at, id, channel_account_id, lane_id, payload) values ($1, $2, $3, $4, $5)',
      [now, randomUUID(), account.id, lane, raw],
    )
    await ask(
      client,
      'entry',
      `with skeleton as (insert into timeline.entry (lane_id, seq, kind, direction, author_kind, provider_at, received_at, stored_at)
          values ($1, $2, 'message', 'in', 'subscriber', $3, $4, $4)),
        body as (insert into timeline.entry_body (lane_id, seq, body, external_id, stored_at) values ($1, $2, $5, $6, $4))
      insert into bench.arrival (lane_ids, seqs, stored_at) values (array[$1::uuid], array[$2::bigint], $4)`,
      [lane, seq, event.providerAt, now, JSON.stringify(event.body), event.messageId],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

interface Start {
  readonly databaseUrl: string
  readonly connections: number
  readonly account: ChannelAccountRow
}

answerParent({
  start: async ({ databaseUrl, connections, account }: Start) => {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: connections, idleTimeoutMillis: IDLE_MS })
    const found = await pool.query<{ external_id: string; id: string }>(
      'select external_id, contact_point_id as id from subscribers.contact_alias',
    )
    const lanes = new Map(found.rows.map((row) => [row.external_id, row.id]))
    const app = Fastify()
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes))
    app.post<{ Body: Buffer }>('/hook', async (request, reply) => {
      const { body, headers } = request
      if (!adapter.verify?.(account, { body, headers })) return reply.code(401).send()
      await accept(pool, lanes, account, body)
      return reply.code(200).send()
    })
    await app.listen({ host: '127.0.0.1', port: 0 })
    return (app.server.address() as AddressInfo).port
  },
})
