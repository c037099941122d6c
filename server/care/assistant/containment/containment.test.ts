import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ContainmentBy, ContainmentNumbers } from '../../../../contracts/containment.ts'
import { contracts } from '../../../../contracts/index.ts'
import { aStaffCaller } from '../../../../test/factories/caller.ts'
import { aHall, type Hall, refusal } from '../../../../test/factories/hall.ts'
import { aSiteTalk, type Talk } from '../../../../test/factories/talk.ts'
import { one, rows, sql } from '../../../platform/database/index.ts'
import { forgetVisits } from './forget-visits.ts'
import { judgeVisits } from './judge-visits.ts'

const { assistant, containment, conversations, flows } = contracts
const DAY_H = 24
let hall: Hall
let door: string

beforeAll(async () => {
  hall = await aHall()
  const { otklik } = hall
  door =
    (await otklik.timeline.context.doors.all()).find(({ account }) => account.kind === 'web-chat')?.account
      .id ?? ''
  const pavel = await aStaffCaller(otklik.url, otklik.logins.pavel)
  await pavel.call(assistant.setAssistantDoor, { params: { id: door }, body: { on: true } })
  await otklik.understanding.drain()
}, 120_000)
afterAll(() => hall?.otklik.end())

const someone = () => aSiteTalk(hall.otklik, door)
const minutes = (n: number) => hall.later(n / 60)
const read = (from: string, to: string, by: ContainmentBy = 'flow') =>
  hall.irina.call(containment.readContainment, { query: { from, to, by } })
const judge = () => judgeVisits(hall.otklik.db, hall.clock)
const none: ContainmentNumbers = {
  visits: 0,
  withoutAgent: 0,
  done: 0,
  judgedDay: 0,
  containedDay: 0,
  judgedWeek: 0,
  containedWeek: 0,
  abandoned: 0,
  asked: 0,
  handedOver: 0,
}

/** An agent takes the conversation and writes in it. */
async function agentWrites(talk: Talk): Promise<void> {
  const laneId = await talk.laneId()
  const { id } = await one(
    hall.otklik.db,
    sql<{ id: string }>`select conversation_id as id from timeline.lane where id = ${laneId}`,
  )
  await hall.anna.call(conversations.claimConversation, { params: { id } })
  await hall.anna.call(conversations.sendMessage, {
    params: { id },
    body: { id: uuid(), laneId, text: 'Добрый день!', attachmentIds: [], undoMs: 0 },
  })
  await hall.otklik.drain()
}

/** Sessions end by themselves while time passes. */
const pavelOf = () => aStaffCaller(hall.otklik.url, hall.otklik.logins.pavel)

/** As much of a conversation as linking its door wants. */
async function begunBy(talk: Talk) {
  const laneId = await talk.laneId()
  return { laneId } as Parameters<Hall['link']>[0]
}

describe('what became of visits to the assistant', () => {
  test('is counted so that nothing but a task done, without people and for good, is contained', async () => {
    // 24 November. 1: done, and never seen again. 2: done, comes back in another browser on the fourth day.
    // 3: done, comes back after three hours for the same.
    await (await someone()).ask('как пополнить счёт')
    const late = await someone()
    await late.ask('как пополнить счёт')
    const again = await someone()
    await again.ask('как пополнить счёт')
    // 4: done, comes back after three hours for something else.
    const elsewhere = await someone()
    await elsewhere.ask('как пополнить счёт')
    // 5: goes away at the menu. 6: asks for a person. 7: is not understood, shown the menu, and not understood twice there.
    await (await someone()).ask('привет')
    await (await someone()).ask('позовите оператора')
    const puzzling = await someone()
    await puzzling.ask('щщщщ ъъъъ')
    await puzzling.ask('ыыыы ээээ')
    await puzzling.ask('жжжж')
    // 8: done, and then an agent writes all the same.
    const helped = await someone()
    await helped.ask('как пополнить счёт')
    await agentWrites(helped)
    // 9: done, and is thanked for in the same sitting, which is the same visit.
    const thankful = await someone()
    await thankful.ask('как пополнить счёт')
    await minutes(20)
    await thankful.ask('спасибо')
    // 10: thanks alone are no task.
    await (await someone()).ask('спасибо')
    // 11: the third comes back. 12: the fourth.
    await hall.later(3)
    await again.ask('как пополнить счёт')
    await elsewhere.ask('хочу продать гигабайты на маркете')
    await minutes(31)

    const fresh = await read('2026-11-24', '2026-11-24')
    expect(fresh.total).toEqual({
      ...none,
      visits: 12,
      withoutAgent: 10, // all but 6 and 7; of 8 it is found out when it is judged
      done: 8, // 1 2 3 4 8 9 11 12
      abandoned: 1, // 5
      asked: 1, // 6
      handedOver: 1, // 7
    })

    // Judged after a day: 1 2 4 9 11 12 are contained; 3 came back for the same, 8 is found to have had an agent.
    await hall.later(DAY_H)
    expect(await judge()).toBe(12)
    const day = { ...fresh.total, withoutAgent: 9, handedOver: 2, judgedDay: 12, containedDay: 6 }
    expect((await read('2026-11-24', '2026-11-24')).total).toEqual(day)
    expect(await judge()).toBe(0)

    await hall.later(3 * DAY_H)
    const other = await someone()
    await other.ask('как пополнить счёт')
    await hall.link(await begunBy(late), await begunBy(other))
    // Judged after a week: 2 is found to have come back.
    await hall.later(4 * DAY_H)
    await judge()
    const week = { ...day, judgedWeek: 12, containedWeek: 5 }
    expect((await read('2026-11-24', '2026-11-24')).total).toEqual(week)
  }, 120_000)

  test('is told by flow, channel, intent and the node at which it ended; each visit once in a group', async () => {
    const groups = async (by: ContainmentBy) =>
      new Map((await read('2026-11-24', '2026-11-24', by)).groups.map(({ key, numbers }) => [key, numbers]))
    const byFlow = await groups('flow')
    // 1 2 3 4 8 9 11 went through it; contained for a week: 1 4 9 11.
    expect(byFlow.get('top-up')).toMatchObject({
      visits: 7,
      done: 7,
      withoutAgent: 6,
      containedDay: 5,
      containedWeek: 4,
    })
    expect(byFlow.get('market')).toMatchObject({ visits: 1, done: 1, containedWeek: 1 })
    expect(byFlow.get('thanks')).toMatchObject({ visits: 2, done: 0, containedWeek: 0 })
    expect((await groups('channel')).get('web-chat')).toMatchObject({ visits: 12, containedWeek: 5 })
    expect((await groups('intent')).get('top-up')).toMatchObject({ visits: 7, done: 7 })
    const byNode = await groups('node')
    expect(byNode.get('main/hello')).toMatchObject({ visits: 3, abandoned: 1, asked: 1, handedOver: 1 })
    expect([...byNode.values()].reduce((sum, { visits }) => sum + visits, 0)).toBe(12)
    const { days, total } = await read('2026-11-24', '2026-12-02')
    expect(days.map(({ day, numbers }) => [day, numbers.visits])).toEqual([
      ['2026-11-24', 12],
      ['2026-11-28', 1],
    ])
    expect(total.visits).toBe(13)
  })

  test('shows where its numbers begin to mean something else', async () => {
    expect((await read('2026-11-01', '2026-12-31')).breaks).toEqual([])
    const edited = await pavelOf().then((caller) => caller.call(flows.getFlow, { params: { key: 'top-up' } }))
    const { bye } = edited.flow.nodes
    if (bye?.kind !== 'end') throw new Error('the flow is another one')
    const flow = { ...edited.flow, nodes: { ...edited.flow.nodes, bye: { ...bye, done: false } } }
    const caller = await pavelOf()
    const params = { key: 'top-up' }
    const saved = await caller.call(flows.saveFlowDraft, { params, body: { basedOn: edited.version, flow } })
    await caller.call(flows.publishFlow, { params, body: { basedOn: saved.version } })
    await rows(
      hall.otklik.db,
      sql`update assistant.visit set definition = 0 where began_at < ${new Date('2026-11-24T10:00:00Z')}`,
    )
    expect((await read('2026-11-01', '2026-12-31')).breaks).toMatchObject([
      { kind: 'definition', from: 0, to: 1, at: expect.stringMatching(/^2026-11-24T1[0-9]/) },
      { kind: 'flow', flow: 'top-up', from: edited.publishedVersion, to: saved.draftVersion },
    ])
  })

  test('is told to nobody who only answers, nor for a period that is none', async () => {
    const query = { from: '2026-11-24', to: '2026-11-24' }
    await expect(hall.anna.call(containment.readContainment, { query })).rejects.toEqual(refusal('forbidden'))
    await expect(read('2026-11-24', '2026-11-23')).rejects.toEqual(refusal('invalid_request'))
    await expect(read('2025-01-01', '2026-11-23')).rejects.toEqual(refusal('invalid_request'))
  })

  test('is forgotten by whole days when a year is no more compared with the one before, some visits at a time', async () => {
    const { db } = hall.otklik
    const began = ['2024-10-24T20:59:59Z', '2024-10-24T21:00:00Z']
    for (const at of began) {
      const id = uuid()
      await rows(
        db,
        sql`with visit as (
            insert into assistant.visit (id, conversation_id, lane_id, from_seq, channel, definition, began_at, last_at, state, done)
            values (${id}, ${uuid()}, ${uuid()}, 0, 'web-chat', 1, ${at}, ${at}, 'over', true))
          insert into assistant.visit_flow (visit_id, turn, flow_key, flow_version, node, done) values (${id}, 1, 'top-up', 1, 'bye', true)`,
      )
    }
    // Noon of 24 November 2026 in Moscow, and 760 days before.
    const clock = { now: () => new Date('2026-11-24T09:00:00Z') }
    const ofDays = async () => (await read('2024-10-01', '2024-11-30')).days.map(({ day }) => day)
    expect(await ofDays()).toEqual(['2024-10-24', '2024-10-25'])
    expect(await forgetVisits(db, clock, { atOnce: 1 })).toBe(1)
    expect(await ofDays()).toEqual(['2024-10-25'])
    expect(
      await rows(
        db,
        sql`select from assistant.visit_flow where flow_key = 'top-up' and turn = 1
      and visit_id not in (select id from assistant.visit)`,
      ),
    ).toEqual([])
  })
})
