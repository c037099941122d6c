import { afterAll, beforeAll, expect, test } from 'vitest'
import { aHall, type Hall } from '../../../../test/factories/hall.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { beginDialog } from '../engine/index.ts'
import {
  type DialogStatus,
  eraseOldDialogs,
  findDialog,
  forgetOldDialogs,
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

test('what dialogs said is destroyed after 30 days, so many in a run, and who was talking may begin anew', async () => {
  const now = hall.otklik.clock.now()
  const old = new Date(now.getTime() - 31 * DAY_MS)
  const talking = await aDialog('talking', old)
  const people = await aDialog('people', old)
  const third = await aDialog('over', old)
  const recent = await aDialog('talking', now)
  expect(await eraseOldDialogs(db, now, { atOnce: 1, most: 2 })).toBe(2)
  expect(await eraseOldDialogs(db, now)).toBe(1)
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

test('dialogs are forgotten with their words, some at a time, but not that people have a conversation that may go on', async () => {
  const now = hall.otklik.clock.now()
  const old = new Date(now.getTime() - 31 * DAY_MS)
  const over = [await aDialog('over', old), await aDialog('talking', old)]
  const kept = await aDialog('people', old)
  const reopens = await aDialog('people', old)
  const ended = await aDialog('people', old)
  const recent = await aDialog('over', now)
  const resolve = (id: string, at: Date) =>
    rows(db, sql`update timeline.conversation set state = 'resolved', resolved_at = ${at} where id = ${id}`)
  await resolve(reopens, new Date(now.getTime() - DAY_MS))
  await resolve(ended, old)
  const left = async () => {
    const found = await Promise.all(
      [...over, kept, reopens, ended, recent].map(async (id) => [id, await findDialog(db, id)] as const),
    )
    return found.filter(([, dialog]) => dialog).map(([id]) => id)
  }
  await forgetOldDialogs(db, now)
  // Their words are there still.
  expect(await left()).toEqual([...over, kept, reopens, ended, recent])
  await eraseOldDialogs(db, now)
  expect(await forgetOldDialogs(db, now, { atOnce: 1, most: 1 })).toBe(1)
  await forgetOldDialogs(db, now, { atOnce: 1 })
  expect(await left()).toEqual([kept, reopens, recent])
})

test('old dialogs are found along an index, however many are not old', async () => {
  await rows(
    db,
    sql`insert into assistant.dialog (conversation_id, lane_id, status, state, turn, began_at, changed_at)
      select gen_random_uuid(), gen_random_uuid(), 'over', null, 1, now(), now() from generate_series(1, 20000)`,
  )
  await rows(db, sql`analyze assistant.dialog`)
  const plan = await rows(
    db,
    sql`explain select conversation_id from assistant.dialog
      where state is null and changed_at < '2020-01-01' order by changed_at limit 5000`,
  )
  expect(JSON.stringify(plan)).toContain('dialog_erased')
})
