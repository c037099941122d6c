import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { inTransaction, rows, sql } from '../../../platform/database/index.ts'
import { makeLanes } from '../lanes/lanes.ts'
import { type Arriving, acceptBatch } from './accept-batch.ts'

const NOW = new Date('2026-11-26T09:00:00Z')
const YESTERDAY = new Date('2026-11-25T09:00:00Z')

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const account = randomUUID()
let lanes: string[]
let named = 0

beforeEach(async () => {
  lanes = Array.from({ length: 12 }, () => randomUUID()).sort()
  await makeLanes(
    database.db,
    lanes.map((id) => ({ id, channelAccountId: account, channel: 'max' })),
  )
})

function aMessage(laneId: string, more: Partial<Arriving> = {}): Arriving {
  const key = more.key ?? `mid.${named++}`
  return {
    laneId,
    channelAccountId: account,
    key,
    messageId: key,
    rawId: randomUUID(),
    payload: Buffer.from(`payload of ${key}`),
    body: JSON.stringify({ type: 'message', text: `text of ${key}` }),
    providerAt: YESTERDAY,
    silentSince: YESTERDAY,
    ...more,
  }
}

/** What stands on lanes: where they are, and their entries with what was kept beside them. */
function standing(laneIds: readonly string[]) {
  return rows(
    database.db,
    sql`select l.id as "laneId", l.last_seq as "lastSeq", l.last_at as "lastAt", l.last_inbound_at as "lastInboundAt", l.filed_seq as "filedSeq",
        l.interaction_id as "interactionId", e.seq, e.kind, e.direction, e.author_kind as author, e.provider_at as "providerAt",
        e.received_at as "receivedAt", e.stored_at as "storedAt", b.body->>'text' as text, b.external_id as "messageId", b.stored_at as "bodyAt",
        (select string_agg(convert_from(r.payload, 'UTF8'), ',' order by r.id) from timeline.raw_event r where r.lane_id = l.id) as payloads
      from timeline.lane l left join timeline.entry e on e.lane_id = l.id left join timeline.entry_body b on b.lane_id = e.lane_id and b.seq = e.seq
      where l.id = any(${[...laneIds]}::uuid[]) order by l.id, e.seq`,
  )
}

const arrivals = (laneId: string) =>
  rows(
    database.db,
    sql<{ laneIds: string[]; seqs: number[] }>`
      select lane_ids as "laneIds", seqs from timeline.arrival where ${laneId} = any(lane_ids) order by id`,
  )

/** Few messages go another way than many: what is said here holds for both. */
describe.each([
  ['alone', 1],
  ['among few', 3],
  ['among many', 9],
])('a message %s', (_, size) => {
  const batchOf = (first: Arriving) => [first, ...lanes.slice(1, size).map((laneId) => aMessage(laneId))]
  const lane = () => lanes[0] ?? ''

  test('is stored whole, with its lane’s next number and a note that filing follows', async () => {
    const batch = batchOf(aMessage(lane()))
    const { key, messageId } = batch[0] as Arriving
    const accepted = await acceptBatch(database.db, NOW, batch)
    expect(accepted.toSorted((a, b) => a.n - b.n)).toEqual(
      batch.map(({ laneId }, index) => ({ n: index + 1, laneId, seq: 1, storedAt: NOW })),
    )
    expect(await standing([lane()])).toEqual([
      {
        laneId: lane(),
        lastSeq: 1,
        lastAt: NOW,
        lastInboundAt: NOW,
        filedSeq: 0,
        interactionId: null,
        seq: 1,
        kind: 'message',
        direction: 'in',
        author: 'subscriber',
        providerAt: YESTERDAY,
        receivedAt: NOW,
        storedAt: NOW,
        text: `text of ${key}`,
        messageId,
        bodyAt: NOW,
        payloads: `payload of ${key}`,
      },
    ])
    const [noted, ...more] = await arrivals(lane())
    expect(more).toEqual([])
    expect(noted?.laneIds.toSorted()).toEqual(batch.map(({ laneId }) => laneId).sort())
    expect(noted?.seqs).toEqual(batch.map(() => 1))
  })

  test('that came before changes nothing and leaves no trace, whoever comes with it', async () => {
    const message = aMessage(lane())
    await acceptBatch(database.db, NOW, [message])
    const batch = batchOf({ ...message, rawId: randomUUID() })
    const accepted = await acceptBatch(database.db, NOW, batch)
    expect(accepted.map(({ laneId }) => laneId).sort()).toEqual(lanes.slice(1, size))
    expect(await standing([lane()])).toMatchObject([{ lastSeq: 1, payloads: `payload of ${message.key}` }])
    expect(await arrivals(lane())).toHaveLength(1)
  })

  test('ends the stretch of a lane that was silent, and no other', async () => {
    const interaction = randomUUID()
    await rows(
      database.db,
      sql`update timeline.lane set interaction_id = ${interaction}, last_seq = 5, filed_seq = 4, last_at = ${YESTERDAY} where id = ${lane()}`,
    )
    await acceptBatch(database.db, NOW, batchOf(aMessage(lane())))
    expect(await standing([lane()])).toMatchObject([{ interactionId: interaction, lastSeq: 6, filedSeq: 4 }])
    const silentSince = new Date(NOW.getTime() + 1)
    await acceptBatch(database.db, NOW, batchOf(aMessage(lane(), { silentSince })))
    expect(await standing([lane()])).toMatchObject([
      { interactionId: null, lastSeq: 7, filedSeq: 6 },
      { seq: 7 },
    ])
  })

  test('is never stored before what stands on its lane already', async () => {
    const later = new Date(NOW.getTime() + 60_000)
    await rows(database.db, sql`update timeline.lane set last_at = ${later} where id = ${lane()}`)
    const accepted = await acceptBatch(database.db, NOW, batchOf(aMessage(lane())))
    expect(accepted.find(({ laneId }) => laneId === lane())?.storedAt).toEqual(later)
    expect(await standing([lane()])).toMatchObject([{ lastAt: later, lastInboundAt: later, storedAt: later }])
  })

  test('without a payload or a name of its own leaves neither', async () => {
    await acceptBatch(
      database.db,
      NOW,
      batchOf(aMessage(lane(), { payload: Buffer.alloc(0), messageId: null, providerAt: null })),
    )
    expect(await standing([lane()])).toMatchObject([{ payloads: null, messageId: null, providerAt: null }])
  })

  test('waits for whoever holds its lane, and counts on from there', async () => {
    let accepting: Promise<unknown> = Promise.resolve()
    await inTransaction(database.db, async (tx) => {
      await rows(tx, sql`update timeline.lane set last_seq = 41 where id = ${lane()}`)
      accepting = acceptBatch(database.db, NOW, batchOf(aMessage(lane())))
      await rows(tx, sql`select pg_sleep(0.1)`)
    })
    await accepting
    expect(await standing([lane()])).toMatchObject([{ lastSeq: 42, seq: 42 }])
  })
})

test.each([2, 8])(
  'of one lane, %i in a batch are numbered in the order in which they came',
  async (count) => {
    const [laneId = ''] = lanes
    const batch = Array.from({ length: count }, () => aMessage(laneId))
    const accepted = await acceptBatch(database.db, NOW, batch)
    expect(accepted.map(({ n, seq }) => [n, seq])).toEqual(batch.map((_, index) => [index + 1, index + 1]))
    expect(await standing([laneId])).toMatchObject(
      batch.map(({ key }, index) => ({ lastSeq: count, seq: index + 1, text: `text of ${key}` })),
    )
  },
)

test('one event that comes twice in a batch is stored once, even if it is told of two lanes', async () => {
  const [laneId = '', other = ''] = lanes
  const message = aMessage(laneId)
  const accepted = await acceptBatch(database.db, NOW, [message, { ...message, rawId: randomUUID() }])
  expect(accepted).toHaveLength(1)
  const strange = aMessage(laneId)
  expect(await acceptBatch(database.db, NOW, [strange, { ...strange, laneId: other }])).toHaveLength(1)
})

test('batches that name the same lanes in other orders do not wait for each other for ever', async () => {
  const [first = '', second = '', third = ''] = lanes
  const orders = [
    [first, second, third],
    [third, second, first],
    [second, third, first],
  ]
  for (let round = 0; round < 40; round++)
    await Promise.all(
      orders.map((order) =>
        acceptBatch(
          database.db,
          NOW,
          order.map((laneId) => aMessage(laneId)),
        ),
      ),
    )
  expect(await standing([second])).toHaveLength(120)
})
