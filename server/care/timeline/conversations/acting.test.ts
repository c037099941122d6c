import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contracts } from '../../../../contracts/index.ts'
import type { Caller } from '../../../../test/factories/caller.ts'
import { eventually } from '../../../../test/factories/eventually.ts'
import { aHall, type Begun, type Hall, refusal } from '../../../../test/factories/hall.ts'
import { type Executor, inTransaction, maybeOne, one, rows, sql } from '../../../platform/database/index.ts'
import { appendEntry } from '../lanes/append-entry.ts'
import { lockLane } from '../lanes/lanes.ts'

const { conversations } = contracts
let hall: Hall
beforeAll(async () => {
  hall = await aHall()
})
beforeEach(() => hall.clock.advance(60_000))
afterAll(() => hall.otklik.end())

const many = (count: number, text: string) =>
  Promise.all(Array.from({ length: count }, (_, n) => hall.begin(`${text} ${uuid()} ${n}`)))
const claim = (agent: Caller, { params }: Begun) => agent.call(conversations.claimConversation, { params })
const summary = (agent: Caller, { params }: Begun) => agent.call(conversations.getConversation, { params })
const assign = async (by: Caller, begun: Begun, agentId: string | null) => {
  const { version } = await summary(by, begun)
  return by.call(conversations.assignConversation, { params: begun.params, body: { agentId, version } })
}
const resolve = (agent: Caller, { params }: Begun) =>
  agent.call(conversations.resolveConversation, { params, body: { topicId: null, outcome: 'solved' } })

/** How many open conversations the member has, and how many they may have from now on beyond those. */
async function leaveRoom(memberId: string, room: number): Promise<number> {
  const { count } = await one(
    hall.otklik.db,
    sql<{
      count: number
    }>`select count(*)::int as count from timeline.conversation where assignee_id = ${memberId} and state = 'open'`,
  )
  await rows(hall.otklik.db, sql`update staff.member set capacity = ${count + room} where id = ${memberId}`)
  return count
}

const outcomes = async (acts: Promise<unknown>[]) => {
  const settled = await Promise.allSettled(acts)
  return {
    done: settled.filter((one) => one.status === 'fulfilled').length,
    refused: settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])),
  }
}

describe('an agent’s capacity', () => {
  test('holds however many claims are made at once', async () => {
    const begun = await many(6, 'все сразу')
    await leaveRoom(hall.otklik.logins.anna.id, 1)
    const { done, refused } = await outcomes(begun.map((one) => claim(hall.anna, one)))
    expect(done).toBe(1)
    expect(refused).toEqual(Array.from({ length: 5 }, () => refusal('capacity_exceeded')))
  })

  test('holds however many colleagues hand over at once, while the agent claims', async () => {
    const begun = await many(6, 'передают')
    const timur = hall.otklik.logins.timur.id
    const before = await leaveRoom(timur, 2)
    const { done } = await outcomes(
      begun.map((one, n) => (n % 2 ? assign(hall.irina, one, timur) : claim(hall.timur, one))),
    )
    expect(done).toBe(2)
    expect(await leaveRoom(timur, 30)).toBe(before + 2)
  })
})

describe('a claim', () => {
  test('of one of many at once succeeds once', async () => {
    const [begun] = await many(1, 'один на всех')
    await leaveRoom(hall.otklik.logins.anna.id, 10)
    const { done, refused } = await outcomes(
      [hall.anna, hall.timur, hall.irina].map((agent) => claim(agent, begun!)),
    )
    expect(done).toBe(1)
    expect(refused).toEqual([refusal('already_claimed'), refusal('already_claimed')])
  })

  test('applies to what was said before it, filed or not', async () => {
    const begun = await hall.begin('отложили')
    const until = new Date(hall.clock.now().getTime() + 3_600_000).toISOString()
    await hall.irina.call(conversations.snoozeConversation, { params: begun.params, body: { until } })
    await appendEntry(hall.otklik.db, hall.clock, {
      laneId: begun.laneId,
      direction: 'in',
      author: { kind: 'subscriber', id: null },
      body: { type: 'message', text: 'вернулся, ещё не разобрано' },
    })
    expect(await claim(hall.irina, begun)).toMatchObject({ state: 'open', snoozedUntil: null })
  })
})

/** Somebody waits for a lock in this database. */
const somebodyWaits = () =>
  eventually(async () => {
    const { waiting } = await one(
      hall.otklik.db,
      sql<{ waiting: number }>`select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return waiting > 0
  })

/** What acts hold when they wait for a lane: the lane is held as filing holds it, and then filing wants the conversation. */
async function whileLaneIsHeld(begun: Begun, act: () => Promise<unknown>): Promise<void> {
  let acting: Promise<unknown> = Promise.resolve()
  await inTransaction(hall.otklik.db, async (tx: Executor) => {
    await lockLane(tx, begun.laneId)
    acting = act()
    acting.catch(() => undefined)
    await somebodyWaits()
    // `nowait` fails at once where somebody holds it: that would be half of a deadlock.
    await maybeOne(
      tx,
      sql`select 1 from timeline.conversation where id = ${begun.id} for no key update nowait`,
    )
  })
  await acting
}

describe('whoever acts on a conversation waits for its lanes before holding it', () => {
  const acts: [string, (begun: Begun) => Promise<unknown>][] = [
    ['claims', (begun) => claim(hall.irina, begun)],
    ['hands over', (begun) => assign(hall.irina, begun, hall.otklik.logins.irina.id)],
    ['resolves', (begun) => resolve(hall.irina, begun)],
    [
      'sets the topic of',
      ({ params }) => hall.irina.call(conversations.setTopic, { params, body: { topicId: uuid() } }),
    ],
    [
      'mutes',
      ({ params }) => hall.irina.call(conversations.muteConversation, { params, body: { as: 'spam' } }),
    ],
    [
      'snoozes',
      ({ params }) =>
        hall.irina.call(conversations.snoozeConversation, {
          params,
          body: { until: new Date(hall.clock.now().getTime() + 3_600_000).toISOString() },
        }),
    ],
    [
      'answers in',
      ({ params, laneId }) =>
        hall.irina.call(conversations.sendMessage, {
          params,
          body: { id: uuid(), laneId, text: 'Ответ', undoMs: 0 },
        }),
    ],
    [
      'splits',
      ({ params, laneId }) =>
        hall.irina.call(conversations.splitConversation, { params, body: { laneId, fromSeq: 2 } }),
    ],
  ]
  beforeAll(() => leaveRoom(hall.otklik.logins.irina.id, 100))

  test.each(acts)('who %s an open one', async (_, act) => {
    const begun = await hall.begin(`замки: ${_}`)
    await hall.say(begun, 'и ещё')
    await whileLaneIsHeld(begun, () => act(begun))
  })

  test.each([
    acts[3]!,
    acts[7]!,
    [
      'reopens',
      ({ params }: Begun) => hall.irina.call(conversations.reopenConversation, { params }),
    ] as (typeof acts)[number],
  ])('who %s a resolved one', async (_, act) => {
    const begun = await hall.begin(`решённые замки: ${_}`)
    await hall.say(begun, 'и ещё')
    await resolve(hall.irina, begun)
    await whileLaneIsHeld(begun, () => act(begun))
  })

  test('who joins two', async () => {
    const [one, other] = [await hall.begin('соединить'), await hall.begin('с этой')]
    await hall.link(one, other)
    await whileLaneIsHeld(one, () =>
      hall.irina.call(conversations.joinConversations, { params: one.params, body: { intoId: other.id } }),
    )
  })

  test('who answers through another door than the one that it goes on in', async () => {
    const [one, other] = [await hall.begin('пишет сюда'), await hall.begin('ответить туда')]
    await hall.link(one, other)
    await whileLaneIsHeld({ ...one, laneId: other.laneId }, () =>
      hall.irina.call(conversations.sendMessage, {
        params: one.params,
        body: { id: uuid(), laneId: other.laneId, text: 'Ответ туда', undoMs: 0 },
      }),
    )
  })
})
