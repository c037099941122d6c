import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { rows, sql } from '../../server/platform/database/index.ts'
import { eventually } from '../factories/eventually.ts'
import { aHall, type Hall } from '../factories/hall.ts'
import { aMaxDoor } from '../factories/max-door.ts'

const { chat, conversations } = contracts
let hall: Hall
beforeAll(async () => {
  hall = await aHall()
})
afterAll(() => hall.otklik.end())

describe('what a visitor writes', () => {
  test('is never answered as stored when it is not: the widget keeps it and sends it again', async () => {
    const { db } = hall.otklik
    const { visitor, laneId } = await hall.begin('Раз')
    const body = { id: uuid(), text: 'Два' }
    // The lane cannot be written for a while, for a reason that is not "the database is away".
    await rows(
      db,
      sql`create function timeline.refuse() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$`,
    )
    await rows(
      db,
      sql`create trigger refuse before insert on timeline.entry for each row execute function timeline.refuse()`,
    )
    try {
      await expect(visitor.call(chat.sendChatMessage, { body })).rejects.toMatchObject({ status: 500 })
    } finally {
      await rows(db, sql`drop trigger refuse on timeline.entry`)
      await rows(db, sql`drop function timeline.refuse()`)
    }
    expect((await visitor.call(chat.sendChatMessage, { body })).seq).toBeGreaterThan(0)
    expect((await visitor.call(chat.sendChatMessage, { body })).seq).toBeNull()
    const stored = await rows(
      db,
      sql<{
        n: number
      }>`select count(*)::int as n from timeline.entry_body where lane_id = ${laneId} and body ->> 'text' = 'Два'`,
    )
    expect(stored).toEqual([{ n: 1 }])
  })
})

describe('somebody who was taken for unreachable', () => {
  test('can be answered once they write again', async () => {
    const { otklik, irina } = hall
    const door = await aMaxDoor(otklik)
    await door.post(door.message(71, 'Здравствуйте').update)
    // By this clock all happens at one instant, and filing tells which came first.
    await otklik.drain()
    await door.post(door.reach(71, 'bot_stopped'))
    await otklik.drain()
    const { id } = await eventually(async () =>
      (await irina.call(conversations.listConversations, { query: { view: 'all', limit: 100 } })).items.find(
        (one) => one.preview === 'Здравствуйте',
      ),
    )
    const laneId = await door.laneOf(71)
    const answer = () =>
      irina.call(conversations.sendMessage, {
        params: { id },
        body: { id: uuid(), laneId, text: 'Слушаю', undoMs: 0 },
      })
    await expect(answer()).rejects.toMatchObject({ problem: { code: 'channel_unreachable' } })
    await door.post(door.message(71, 'Я снова здесь').update)
    await otklik.drain()
    const { held, delivery } = await answer()
    expect(held ?? delivery).not.toBeNull()
  })
})
