import { randomUUID } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { contracts } from '../../../../contracts/index.ts'
import { aStaffCaller, type Caller } from '../../../../test/factories/caller.ts'
import { eventually } from '../../../../test/factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../../../../test/factories/otklik.ts'
import { demoTokens, startWorld, type World } from '../../../../world/index.ts'
import { type ManualClock, manualClock } from '../../../platform/clock.ts'
import { inTransaction, one, rows, sql } from '../../../platform/database/index.ts'
import { findOutbound } from './outbound.ts'
import { recordAttempt } from './record-attempt.ts'

const { channels, conversations } = contracts
const webhookSecret = 'a-webhook-secret-of-the-test'
const MINUTE_MS = 60_000

let world: World
let otklik: TestOtklik
let clock: ManualClock
let anna: Caller
let admin: Caller

beforeAll(async () => {
  clock = manualClock('2026-11-24T09:00:00Z')
  world = await startWorld({ timeScale: 0.001, max: { requestsPerSecond: 1_000 } })
  otklik = await anOtklik({ clock, trustedOrigins: [world.url], env: { COUNTRY: 'KZ' } })
  await otklik.openDoor({
    kind: 'max',
    name: 'MAX',
    policy: 'full',
    settings: { apiBase: `${world.url}/max` },
    secrets: { token: demoTokens.max, webhookSecret },
  })
  await otklik.openDoor({
    kind: 'telegram',
    name: 'Telegram',
    policy: 'full',
    settings: { apiBase: `${world.url}/telegram` },
    secrets: { token: demoTokens.telegram, webhookSecret },
  })
  await otklik.reconcileDoors()
})
afterAll(async () => {
  // First, so that nothing waits any more for an answer that never comes.
  await world.close()
  await otklik.end()
})
beforeEach(async () => {
  world.faults.clear()
  await signIn()
})

/** Anew when minutes have gone by: screens lock. */
async function signIn(): Promise<void> {
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  admin = await aStaffCaller(otklik.url, otklik.logins.admin)
}

interface Talk {
  readonly id: string
  readonly laneId: string
}

async function aTalk(door: 'max' | 'telegram', person: string): Promise<Talk> {
  const text = `вопрос ${uuid()}`
  await eventually(() => world.act(door, person, { act: 'text', text }))
  const { id } = await eventually(async () => {
    const { items } = await anna.call(conversations.listConversations, { query: { view: 'all', limit: 100 } })
    return items.find((item) => item.preview === text)
  })
  const { replyLaneId } = await anna.call(conversations.getConversation, { params: { id } })
  return { id, laneId: replyLaneId! }
}
async function say({ id, laneId }: Talk, text: string, undoMs = 0): Promise<string> {
  const message = { id: uuid(), laneId, text, undoMs }
  await anna.call(conversations.sendMessage, { params: { id }, body: message })
  return message.id
}
const message = async (id: string) => (await findOutbound(otklik.db, id))!
const stateOf = async (id: string) => (await message(id)).state
const shown = (door: 'max' | 'telegram', person: string) =>
  world.view(door, person).messages.flatMap((one) => (one.from === 'operator' ? [one.text] : []))

/** Lets so many minutes go by, and looks after what waits in each. */
async function minutes(count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    clock.advance(MINUTE_MS)
    await otklik.drain()
  }
}

describe('a message that will not go', () => {
  test('is tried for a quarter of an hour, and no longer', async () => {
    const talk = await aTalk('telegram', 'timur')
    world.faults.plan({ service: 'telegram', method: 'sendMessage', kind: '500', times: 1_000 })
    const first = await say(talk, 'первое')
    await minutes(14)
    await signIn()
    expect(await stateOf(first)).toBe('queued')
    expect((await message(first)).attempts).toBeGreaterThan(10)
    const second = await say(talk, 'второе')
    await minutes(1)
    expect(await message(first)).toMatchObject({ state: 'failed', retryable: true })
    world.faults.clear()
    await minutes(2)
    expect(await message(second)).toMatchObject({ state: 'sent', afterUnconfirmed: true })
  })

  test('waits as long as the channel says, but fails when its time is over', async () => {
    const talk = await aTalk('telegram', 'emily')
    world.faults.plan({ service: 'telegram', method: 'sendMessage', kind: '429', retryAfterS: 1_200 })
    const id = await say(talk, 'через двадцать минут')
    await otklik.drain()
    expect(await message(id)).toMatchObject({ state: 'queued', reason: 'rate_limited', attempts: 0 })
    await minutes(14)
    expect(await stateOf(id)).toBe('queued')
    await minutes(1)
    expect(await message(id)).toMatchObject({ state: 'failed', reason: 'rate_limited', attempts: 0 })
    expect(shown('telegram', 'emily')).toEqual([])
    await minutes(5)
    await signIn()
    await anna.call(conversations.retryMessage, { params: { id } })
    await otklik.drain()
    expect(await stateOf(id)).toBe('sent')
  })

  test('waits for a paused door without using up its tries', async () => {
    const talk = await aTalk('telegram', 'emily')
    const id = await say(talk, 'дверь закрыта', 5_000)
    const { id: account } = (await anna.call(channels.listChannelAccounts)).find(
      (one) => one.kind === 'telegram',
    )!
    const set = (state: 'active' | 'paused') =>
      admin.call(channels.changeChannelAccount, { params: { id: account }, body: { state } })
    await set('paused')
    await otklik.timeline.context.doors.refresh()
    await minutes(5)
    expect(await message(id)).toMatchObject({ state: 'queued', reason: 'channel_paused', attempts: 0 })
    await set('active')
    await otklik.timeline.context.doors.refresh()
    await minutes(1)
    expect(await message(id)).toMatchObject({ state: 'sent', attempts: 1 })
  })
})

describe('a message that could not be put together because the database was away', () => {
  test('is tried again: nothing of it has left', async () => {
    const talk = await aTalk('telegram', 'timur')
    world.faults.plan({ service: 'telegram', method: 'sendMessage', kind: '500', times: 1 })
    const id = await say(talk, 'дойдёт')
    await eventually(async () => (await message(id)).attempts > 0 && (await stateOf(id)) === 'queued')
    const ended = Object.assign(new Error('terminating connection'), { code: '57P01' })
    const find = vi.spyOn(otklik.timeline.context.doors, 'find').mockRejectedValueOnce(ended)
    await minutes(1)
    expect(find).toHaveBeenCalled()
    find.mockRestore()
    await minutes(3)
    expect(await stateOf(id)).toBe('sent')
  })
})

describe('a process that froze with a message in hand', () => {
  test('sends it no more where its lease went to somebody else meanwhile', async () => {
    const talk = await aTalk('telegram', 'timur')
    const { id, find, thaw } = await aFrozen(talk, 'один раз')
    clock.advance(2 * MINUTE_MS)
    await eventually(async () => (await stateOf(id)) === 'unknown', 10_000)
    await signIn()
    await anna.call(conversations.retryMessage, { params: { id } })
    await eventually(async () => (await stateOf(id)) === 'sent', 10_000)
    thaw()
    await otklik.drain()
    find.mockRestore()
    expect(shown('telegram', 'timur').filter((text) => text === 'один раз')).toHaveLength(1)
    expect(await message(id)).toMatchObject({ state: 'sent', attempts: 1 })
  })

  test('sends it where it is still its own, under a lease that lasts for the sending', async () => {
    const talk = await aTalk('telegram', 'emily')
    const { id, find, thaw } = await aFrozen(talk, 'всё же')
    clock.advance(MINUTE_MS)
    thaw()
    await eventually(async () => (await stateOf(id)) === 'sent')
    find.mockRestore()
    expect(shown('telegram', 'emily').filter((text) => text === 'всё же')).toHaveLength(1)
    expect(leftMs).toBeGreaterThan(75_000)
  })

  /** What the lease has left when the message leaves, in milliseconds. */
  let leftMs = 0

  /** A message whose sender stands still between its claim and its sending, until it is thawed. */
  async function aFrozen(talk: Talk, text: string) {
    world.faults.plan({ service: 'telegram', method: 'sendMessage', kind: '500', times: 1 })
    const id = await say(talk, text)
    await eventually(async () => (await message(id)).attempts > 0 && (await stateOf(id)) === 'queued')
    const { doors } = otklik.timeline.context
    const findDoor = doors.find.bind(doors)
    let thaw = (): void => undefined
    const frozen = new Promise<void>((resolve) => {
      thaw = resolve
    })
    const find = vi.spyOn(doors, 'find').mockImplementationOnce(async (account) => {
      await frozen
      const door = (await findDoor(account))!
      const send: typeof door.adapter.send = async (...given) => {
        leftMs = ((await leaseUntil(id))?.getTime() ?? 0) - clock.now().getTime()
        return door.adapter.send!(...given)
      }
      return { ...door, adapter: { ...door.adapter, send } }
    })
    clock.advance(MINUTE_MS)
    await eventually(async () => find.mock.calls.length > 0)
    return { id, find, thaw }
  }

  const leaseUntil = async (id: string) =>
    (
      await one(
        otklik.db,
        sql<{ at: Date | null }>`select lease_until as at from timeline.outbound where id = ${id}`,
      )
    ).at
})

describe('a held message that cannot be released', () => {
  test('holds up no other', async () => {
    const talk = await aTalk('max', 'pyotr')
    const now = clock.now()
    const broken = Array.from({ length: 50 }, () => uuid())
    await rows(
      otklik.db,
      sql`insert into timeline.outbound (id, conversation_id, lane_id, author_kind, state, body, release_at, created_at, changed_at)
        select id, ${randomUUID()}, ${randomUUID()}, 'system', 'held', '{"type": "message", "text": "ничья"}', ${now}, ${now}, ${now}
        from unnest(${broken}::uuid[]) as id`,
    )
    const id = await say(talk, 'после сломанных', 1_000)
    clock.advance(2_000)
    await eventually(async () => (await stateOf(id)) === 'sent')
    expect(await message(broken[0]!)).toMatchObject({ state: 'held', attempts: expect.any(Number) })
    await rows(otklik.db, sql`delete from timeline.outbound where id = any(${broken}::uuid[])`)
  })
})

describe('what became of an attempt', () => {
  test('is written down behind the lock of the conversation, so that it waits for whoever splits or joins', async () => {
    const talk = await aTalk('max', 'pyotr')
    const id = await say(talk, 'в чьи-то руки')
    await eventually(async () => (await stateOf(id)) === 'sent')
    const sent = await message(id)
    const recorded = await inTransaction(otklik.db, async (tx) => {
      await one(tx, sql`select id from timeline.conversation where id = ${talk.id} for no key update`)
      const recording = inTransaction(otklik.db, (other) =>
        recordAttempt(other, otklik.timeline.context, sent, { outcome: 'sent', messageId: null }),
      )
      await eventually(async () => {
        const waiting = await rows(
          tx,
          sql`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return waiting.length > 0
      })
      // Splitting and joining take the message after its conversation.
      await one(tx, sql`select id from timeline.outbound where id = ${id} for update nowait`)
      return { recording }
    })
    await recorded.recording
  })
})

// The last one: what waits for an answer waits until the end.
describe('a door that does not answer', () => {
  test('holds up no other, nor the rest of its own people', async () => {
    const [slow, own, fast] = [
      await aTalk('max', 'anna'),
      await aTalk('max', 'pyotr'),
      await aTalk('telegram', 'zinaida'),
    ]
    world.faults.plan({ service: 'max', method: 'POST /messages', kind: 'timeout-after-accept' })
    await say(slow, 'в пустоту')
    await eventually(async () => world.faults.list().length === 0)
    await say(own, 'соседу')
    await say(fast, 'в другую дверь')
    await eventually(async () => shown('telegram', 'zinaida').includes('в другую дверь'), 5_000)
    await eventually(async () => shown('max', 'pyotr').includes('соседу'), 5_000)
  })
})
