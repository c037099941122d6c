import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aHall, type Begun, type Hall } from '../../../../test/factories/hall.ts'
import { inTransaction, one, rows, sql } from '../../../platform/database/index.ts'
import { eraseLanelessPayloads, findLanelessPayloads } from './erase-payloads.ts'

let hall: Hall
let begun: Begun
beforeAll(async () => {
  hall = await aHall()
  begun = await hall.begin('здравствуйте')
})
afterAll(() => hall.otklik.end())

const NAME = '79161234567'

/** Payloads that stand on no lane, a second apart; several at each second. */
async function plant(count: number, payloadOf: (n: number) => string): Promise<void> {
  const { db } = hall.otklik
  const { account } = await one(
    db,
    sql<{
      account: string
    }>`select channel_account_id as account from timeline.lane where id = ${begun.laneId}`,
  )
  const start = Date.parse('2026-11-20T00:00:00Z')
  const numbers = Array.from({ length: count }, (_, n) => n)
  await rows(
    db,
    sql`insert into timeline.raw_event (received_at, id, channel_account_id, payload)
      select p.at, p.id, ${account}, convert_to(p.words, 'UTF8') from unnest(
        ${numbers.map((n) => new Date(start + Math.floor(n / 3) * 1_000))}::timestamptz[],
        ${numbers.map(() => uuid())}::uuid[], ${numbers.map(payloadOf)}::text[]) as p(at, id, words)`,
  )
}

test('all payloads that name the person are found, page by page, whole words alone', async () => {
  const { db, clock } = hall.otklik
  await plant(100, (n) => JSON.stringify({ from: n % 4 === 0 ? NAME : `${NAME}0`, n }))
  const look = { laneIds: [begun.laneId], names: [NAME] }
  const found = await findLanelessPayloads(db, { ...look, pageRows: 7 })
  expect(found).toHaveLength(25)
  expect(new Set(found.map(({ id }) => id)).size).toBe(25)
  expect(await findLanelessPayloads(db, { ...look, names: [] })).toEqual([])
  const later = await findLanelessPayloads(db, { ...look, since: new Date('2026-11-20T00:00:30Z') })
  expect(later.length).toBeGreaterThan(0)
  expect(later.length).toBeLessThan(25)

  const erased = await inTransaction(db, (tx) => eraseLanelessPayloads(tx, found, clock.now()))
  expect(erased).toEqual({ rawEvents: 25, unfiledEvents: 0 })
  expect(await findLanelessPayloads(db, look)).toEqual([])
  const kept = await rows(
    db,
    sql`select from timeline.raw_event where payload is not null and lane_id is null`,
  )
  expect(kept).toHaveLength(75)
})

test('looking waits for nobody who holds the person’s lane', async () => {
  const { db } = hall.otklik
  await inTransaction(db, async (tx) => {
    await rows(tx, sql`select from timeline.lane where id = ${begun.laneId} for update`)
    await findLanelessPayloads(db, { laneIds: [begun.laneId], names: [NAME] })
  })
})
