import { v7 as uuid } from 'uuid'
import { expect } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import type { StartOptions } from '../../server/compose/index.ts'
import { type ManualClock, manualClock } from '../../server/platform/clock.ts'
import { aStaffCaller, aVisitorCaller, type Caller } from './caller.ts'
import { eventually } from './eventually.ts'
import { anOtklik, type TestOtklik } from './otklik.ts'

const { chat, conversations, subscribers } = contracts

export type Visitor = Awaited<ReturnType<typeof aVisitorCaller>>

/** A conversation that somebody began in the site's chat. */
export interface Begun {
  readonly visitor: Visitor
  readonly id: string
  readonly params: { readonly id: string }
  readonly laneId: string
}

/** An installation with a site's chat, two agents and a supervisor at their desks, whose time stands still. */
export interface Hall {
  readonly otklik: TestOtklik
  readonly clock: ManualClock
  readonly anna: Caller
  readonly timur: Caller
  readonly irina: Caller
  /** A new visitor writes; gives the conversation once it is filed. */
  begin(text: string): Promise<Begun>
  /** The visitor writes on; resolves once it is filed. */
  say(begun: Begun, text: string): Promise<void>
  /** The door becomes the person's of another door, from the beginning or since it was last somebody's. */
  link(begun: Begun, to: Begun): Promise<void>
  /** From now on the door is somebody else's. */
  changeHands(begun: Begun): Promise<void>
  resolve(begun: Begun, by: Caller): Promise<void>
  /** Time passes; the staff sign in anew, because their sessions end by themselves. */
  later(hours: number): Promise<void>
}

const HOUR_MS = 3_600_000

export async function aHall(options: StartOptions = {}): Promise<Hall> {
  const clock = manualClock('2026-11-24T09:00:00Z')
  const otklik = await anOtklik({ ...options, clock })
  const { url, logins } = otklik
  const account = await otklik.openDoor({
    kind: 'web-chat',
    name: 'Сайт',
    policy: 'full',
    settings: {},
    secrets: {},
  })
  const signIn = async () => ({
    anna: await aStaffCaller(url, logins.anna),
    timur: await aStaffCaller(url, logins.timur),
    irina: await aStaffCaller(url, logins.irina),
  })
  let staff = await signIn()
  const say = async (visitor: Visitor, text: string) => {
    await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text } })
    await otklik.drain()
  }
  return {
    otklik,
    clock,
    get anna() {
      return staff.anna
    },
    get timur() {
      return staff.timur
    },
    get irina() {
      return staff.irina
    },
    begin: async (text) => {
      const visitor = await aVisitorCaller(url, account)
      await say(visitor, text)
      return eventually(async () => {
        const { items } = await staff.irina.call(conversations.listConversations, {
          query: { view: 'all', limit: 100 },
        })
        const id = items.find((one) => one.preview === text)?.id
        if (!id) return undefined
        const { replyLaneId } = await staff.irina.call(conversations.getConversation, { params: { id } })
        return { visitor, id, params: { id }, laneId: replyLaneId ?? '' }
      })
    },
    say: ({ visitor }, text) => say(visitor, text),
    link: async ({ laneId }, to) => {
      await staff.irina.call(subscribers.linkContactPoint, {
        params: { id: laneId },
        body: { toContactPointId: to.laneId, reason: 'Назвался сам' },
      })
    },
    changeHands: async ({ laneId }) => {
      await staff.irina.call(subscribers.unlinkContactPoint, {
        params: { id: laneId },
        body: { reason: 'Номер теперь у другого', mistake: false },
      })
    },
    resolve: async ({ params }, by) => {
      await by.call(conversations.resolveConversation, { params, body: { topicId: null, outcome: 'solved' } })
    },
    later: async (hours) => {
      clock.advance(hours * HOUR_MS)
      staff = await signIn()
    },
  }
}

/** What a refused call is rejected with. */
export const refusal = (code: string): unknown =>
  expect.objectContaining({ problem: expect.objectContaining({ code }) })
