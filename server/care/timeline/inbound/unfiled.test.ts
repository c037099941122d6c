import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../../../contracts/index.ts'
import { aStaffCaller, type Caller, type Refused } from '../../../../test/factories/caller.ts'
import { eventually } from '../../../../test/factories/eventually.ts'
import { aMaxDoor, type MaxDoor } from '../../../../test/factories/max-door.ts'
import { anOtklik, type TestOtklik } from '../../../../test/factories/otklik.ts'
import { manualClock } from '../../../platform/clock.ts'
import { one, rows, sql } from '../../../platform/database/index.ts'
import type { Doors } from '../accounts/doors.ts'
import { retryByDoor } from './retry-by-door.ts'

const { channels } = contracts
let otklik: TestOtklik
let max: MaxDoor
let irina: Caller

beforeAll(async () => {
  // A clock that stands: nothing is retried by itself.
  otklik = await anOtklik({ clock: manualClock('2026-11-24T09:00:00Z') })
  max = await aMaxDoor(otklik)
  irina = await aStaffCaller(otklik.url, otklik.logins.irina)
})
afterAll(() => otklik.end())

/** An edit that came before its original, which is there by now. */
async function anUnfiledEdit(person: number): Promise<string> {
  const { mid } = max.message(person, 'слова')
  await max.post(max.edit(person, mid, 'новые слова'))
  const id = await newestUnfiled()
  await max.post(max.message(person, 'слова', mid).update)
  return id
}
async function newestUnfiled(): Promise<string> {
  const { id } = await one(
    otklik.db,
    sql<{
      id: string
    }>`select id from timeline.unfiled_event where state = 'failed' order by id desc limit 1`,
  )
  return id
}
const kindsOf = async (person: number) => (await max.entriesOf(person)).map((entry) => entry.kind)
const replay = (id: string) => irina.call(channels.replayUnfiledEvent, { params: { id } })

describe('an edit that is filed after what followed it', () => {
  test('leaves the newer words as they stand', async () => {
    const { update, mid } = max.message(50, 'первые слова')
    const edits = ['вторые слова', 'третьи слова'].map((text) => max.edit(50, mid, text))
    await max.post(edits[0])
    const id = await newestUnfiled()
    await max.post(update)
    await max.post(edits[1])
    expect(await replay(id)).toEqual({ filed: true, reason: null })
    expect((await max.entriesOf(50)).map(({ body }) => body?.text)).toEqual(['первые слова', 'третьи слова'])
  })

  test('does not bring back what the person has deleted', async () => {
    const { update, mid } = max.message(51, 'мой пароль')
    await max.post(max.edit(51, mid, 'мой пароль 12345'))
    const id = await newestUnfiled()
    await max.post(update)
    await max.post(max.removal(51, mid))
    expect(await replay(id)).toEqual({ filed: true, reason: null })
    expect(await kindsOf(51)).toEqual(['message', 'deletion'])
  })
})

describe('an event that could not be filed', () => {
  test('is stored once, whoever replays it at the same time', async () => {
    for (let person = 1; person <= 10; person++) {
      const id = await anUnfiledEdit(person)
      const replays = await Promise.allSettled([replay(id), replay(id), replay(id)])
      expect(replays.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
      for (const one of replays)
        if (one.status === 'rejected') expect((one.reason as Refused).problem.code).toBe('not_found')
      expect(await kindsOf(person)).toEqual(['message', 'edit'])
    }
  })

  test('stays given up, whoever replays it at that moment', async () => {
    await max.post(max.edit(20, max.message(20, 'никогда не придёт').mid, 'новые слова'))
    const id = await newestUnfiled()
    const body = { reason: 'проба пера' }
    await Promise.allSettled([
      replay(id),
      replay(id),
      irina.call(channels.discardUnfiledEvent, { params: { id }, body }),
    ])
    const { state } = await one(
      otklik.db,
      sql<{ state: string }>`select state from timeline.unfiled_event where id = ${id}`,
    )
    expect(state).toBe('discarded')
  })

  test('without a name is never taken for another one', async () => {
    await max.post(max.message(30, 'первое', '').update)
    await max.post(max.message(31, 'второе', '').update)
    const kept = await rows(
      otklik.db,
      sql`select from timeline.unfiled_event where key is null and state = 'failed'`,
    )
    expect(kept).toHaveLength(2)
  })
})

test('a door whose outside keeps one waiting holds up its own retries and no other door’s', async () => {
  const slow = await aMaxDoor(otklik)
  await slow.post('что-то непонятное')
  const { mid, update } = max.message(40, 'слова')
  await max.post(max.edit(40, mid, 'новые слова'))
  await max.post(update)
  // An hour later by another clock: the installation's own timers leave these alone.
  const context = { ...otklik.timeline.context, clock: manualClock('2026-11-24T10:00:00Z') }
  let asked = 0
  let answer: () => void = () => undefined
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const fetchAgain = async () => {
    asked += 1
    await answered
    return undefined
  }
  const doors: Doors = {
    ...context.doors,
    find: async (id) => {
      const door = await context.doors.find(id)
      return door && id === slow.accountId ? { ...door, adapter: { ...door.adapter, fetchAgain } } : door
    },
  }
  const tried = (accountId: string) =>
    one(
      otklik.db,
      sql<{
        attempts: number
      }>`select attempts from timeline.unfiled_event where channel_account_id = ${accountId} order by id desc limit 1`,
    ).then(({ attempts }) => attempts)
  const retries = retryByDoor(context, doors, () => undefined)
  await retries.look()
  await eventually(async () => (await kindsOf(40)).includes('edit'))
  await eventually(async () => asked === 1)
  // However often one looks, what waits for an answer is asked for once.
  await retries.look()
  await retries.look()
  expect(asked).toBe(1)
  expect(await tried(slow.accountId)).toBe(1)
  answer()
  await eventually(async () => (await tried(slow.accountId)) === 2)
  retries.stop()
})
