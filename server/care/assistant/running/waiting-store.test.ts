import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aHall, type Hall } from '../../../../test/factories/hall.ts'
import { type Executor, inTransaction, rows, sql } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { claimWaiting, keepWaiting, markHeardTo } from './waiting-store.ts'

let hall: Hall
let lanes: string[]
/** Where each lane goes on. */
let matters: Map<string, string>

beforeAll(async () => {
  hall = await aHall()
  const begun = [await hall.begin('раз'), await hall.begin('два'), await hall.begin('три')]
  matters = new Map(begun.map(({ laneId, id }) => [laneId, id]))
  lanes = [...matters.keys()].sort()
})
afterAll(() => hall.otklik.end())

class TriedOut extends Error {}

/** In a transaction that leaves nothing behind, at a door where the assistant answers. */
async function tryOut(work: (tx: Executor) => Promise<void>): Promise<void> {
  const trying = inTransaction(hall.otklik.db, async (tx) => {
    await rows(
      tx,
      sql`insert into assistant.door (channel_account_id, is_on, changed_at, changed_by)
        select distinct channel_account_id, true, now(), 'Ирина' from timeline.lane where id = any(${lanes}::uuid[])`,
    )
    await work(tx)
    throw new TriedOut()
  })
  await expect(trying).rejects.toBeInstanceOf(TriedOut)
}

const now = () => hall.otklik.clock.now()
const claim = (limit: number) => ({ lease: newId(hall.otklik.clock), now: now(), limit })
const words = (seq: number) => lanes.map((laneId) => ({ laneId, seq }))

describe('words that wait for the assistant', () => {
  test('are claimed by whoever notes them, as far as there is room; the others wait for the next look', () =>
    tryOut(async (tx) => {
      const { claimed, others } = await keepWaiting(tx, words(1), claim(2))
      expect(claimed.map(({ laneId }) => laneId).sort()).toEqual(lanes.slice(0, 2))
      expect(others).toBe(true)
      const later = await claimWaiting(tx, claim(4))
      expect(later.map(({ laneId }) => laneId)).toEqual(lanes.slice(2))
      for (const { laneId, conversationId } of [...claimed, ...later])
        expect(conversationId).toBe(matters.get(laneId))
    }))

  test('stay with whoever has the lane, who hears those that came meanwhile as well', () =>
    tryOut(async (tx) => {
      await keepWaiting(tx, words(1), claim(3))
      const second = await keepWaiting(tx, words(2), claim(3))
      expect(second.claimed).toEqual([])
      expect(await claimWaiting(tx, claim(4))).toEqual([])
      for (const laneId of lanes) await markHeardTo(tx, laneId, 1)
      expect(
        await rows(tx, sql`select from_seq, to_seq from assistant.waiting where lane_id = ${lanes[0]}`),
      ).toEqual([{ from_seq: 2, to_seq: 2 }])
    }))

  test('are none of the assistant’s where it does not answer', () =>
    tryOut(async (tx) => {
      await rows(tx, sql`update assistant.door set is_on = ${false}`)
      expect(await keepWaiting(tx, words(1), claim(3))).toEqual({ claimed: [], others: false })
    }))
})
