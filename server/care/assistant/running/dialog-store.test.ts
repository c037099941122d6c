import { afterAll, beforeAll, expect, test } from 'vitest'
import { aHall, type Hall } from '../../../../test/factories/hall.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { beginDialog } from '../engine/index.ts'
import {
  type DialogStatus,
  eraseOldDialogs,
  findDialog,
  forgetOldTurns,
  keepDialog,
  logTurns,
} from './dialog-store.ts'

const DAY_MS = 86_400_000
let hall: Hall
let db: Executor

beforeAll(async () => {
  hall = await aHall()
  db = hall.otklik.db
})
afterAll(() => hall.otklik.end())

async function aDialog(status: DialogStatus, at: Date): Promise<string> {
  const { id: conversationId, laneId } = await hall.begin('сколько у меня денег')
  const state = beginDialog({
    flow: 'left',
    version: 1,
    locale: 'ru',
    facts: {},
    wanted: 'сколько у меня денег',
  })
  await keepDialog(
    db,
    { conversationId, laneId, status, state, turn: 1, freshUntil: null, visitId: null },
    at,
  )
  const input = {
    kind: 'said',
    text: 'сколько у меня денег',
    chosen: null,
    command: null,
    meant: null,
  } as const
  await logTurns(db, [{ conversationId, state, input, effect: null, way: [] }], at)
  return conversationId
}

const saidIn = (conversationId: string) =>
  rows(db, sql`select 1 from assistant.turn where conversation_id = ${conversationId} and input is not null`)

test('what dialogs said is destroyed after 30 days, all of it in one go, and who was talking may begin anew', async () => {
  const now = hall.otklik.clock.now()
  const old = new Date(now.getTime() - 31 * DAY_MS)
  const talking = await aDialog('talking', old)
  const people = await aDialog('people', old)
  const third = await aDialog('over', old)
  const recent = await aDialog('talking', now)
  expect(await eraseOldDialogs(db, now, 1)).toBe(3)
  for (const one of [talking, people, third]) expect(await saidIn(one)).toEqual([])
  expect(await saidIn(recent)).toHaveLength(1)
  expect(await findDialog(db, talking)).toMatchObject({ status: 'over', state: null })
  expect(await findDialog(db, people)).toMatchObject({ status: 'people', state: null })
  expect(await findDialog(db, recent)).toMatchObject({ status: 'talking', state: { flow: 'left' } })
})

test('turns are forgotten with their words, some at a time, and not before their traffic is counted', async () => {
  const now = hall.otklik.clock.now()
  const old = new Date(now.getTime() - 31 * DAY_MS)
  const ended = [await aDialog('over', old), await aDialog('people', old)]
  const recent = await aDialog('talking', now)
  // Began long ago and goes on: its words are still there.
  const long = await aDialog('talking', old)
  await rows(db, sql`update assistant.dialog set changed_at = ${now} where conversation_id = ${long}`)
  await eraseOldDialogs(db, now)
  const left = async () => {
    const turns = await rows(
      db,
      sql<{ id: string }>`select distinct conversation_id as id from assistant.turn`,
    )
    return [...ended, recent, long].filter((one) => turns.some(({ id }) => id === one))
  }
  const counted = (until: Date) => rows(db, sql`update assistant.traffic_mark set counted_to = ${until}`)
  await counted(old)
  await forgetOldTurns(db, now)
  expect(await left()).toEqual([...ended, recent, long])
  await counted(now)
  expect(await forgetOldTurns(db, now, { atOnce: 1, most: 1 })).toBe(1)
  await forgetOldTurns(db, now, { atOnce: 1 })
  expect(await left()).toEqual([recent, long])
})
