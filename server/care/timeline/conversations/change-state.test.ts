import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Outcome } from '../../../../contracts/conversations.ts'
import { contracts } from '../../../../contracts/index.ts'
import { Refused } from '../../../../test/factories/caller.ts'
import { aHall, type Begun, type Hall, refusal } from '../../../../test/factories/hall.ts'
import { inTransaction, rows, sql } from '../../../platform/database/index.ts'
import { wakeSnoozed } from './change-state.ts'

const { conversations } = contracts
const MINUTE_MS = 60_000
let hall: Hall
beforeAll(async () => {
  hall = await aHall()
})
beforeEach(() => hall.later(1))
afterAll(() => hall.otklik.end())

const mute = ({ params }: Begun, as: 'spam' | 'abuse' | null) =>
  hall.irina.call(conversations.muteConversation, { params, body: { as } })
const snooze = ({ params }: Begun, minutes: number | null) =>
  hall.irina.call(conversations.snoozeConversation, {
    params,
    body: {
      until:
        minutes === null ? null : new Date(hall.clock.now().getTime() + minutes * MINUTE_MS).toISOString(),
    },
  })
const resolve = ({ params }: Begun, outcome: Outcome = 'spam') =>
  hall.irina.call(conversations.resolveConversation, { params, body: { topicId: null, outcome } })
const reopen = ({ params }: Begun) => hall.irina.call(conversations.reopenConversation, { params })
const look = ({ params }: Begun) => hall.irina.call(conversations.getConversation, { params })
const wakeDue = () => wakeSnoozed(hall.otklik.timeline.context, (work) => inTransaction(hall.otklik.db, work))

describe('a muted conversation', () => {
  test('is open again when the mute is taken back', async () => {
    const begun = await hall.begin('не спам')
    expect((await mute(begun, 'spam')).state).toBe('muted')
    expect((await mute(begun, null)).state).toBe('open')
  })

  test('cannot be put aside: it would wake in everybody’s sight', async () => {
    const begun = await hall.begin('реклама')
    await mute(begun, 'spam')
    await expect(snooze(begun, 10)).rejects.toEqual(refusal('conflict'))
    await expect(snooze(begun, null)).rejects.toEqual(refusal('conflict'))
    expect((await look(begun)).state).toBe('muted')
  })

  test('that was put aside before does not wake', async () => {
    const begun = await hall.begin('отложенная реклама')
    await snooze(begun, 1)
    expect(await mute(begun, 'spam')).toMatchObject({ state: 'muted', snoozedUntil: null })
    hall.clock.advance(2 * MINUTE_MS)
    await wakeDue()
    expect((await look(begun)).state).toBe('muted')
  })

  test('stays muted when it is resolved and the person writes again', async () => {
    const begun = await hall.begin('назойливый')
    await mute(begun, 'abuse')
    expect((await resolve(begun)).state).toBe('resolved')
    await hall.say(begun, 'это снова я')
    expect(await look(begun)).toMatchObject({ state: 'muted', resolvedAt: null, reopened: 1 })
  })

  test('stays muted when it is resolved and reopened by hand', async () => {
    const begun = await hall.begin('спорный')
    await mute(begun, 'spam')
    await resolve(begun)
    expect((await reopen(begun)).state).toBe('muted')
    expect((await mute(begun, null)).state).toBe('open')
  })

  test('leaves a resolved one resolved when the mute is taken back; the person is heard again', async () => {
    const begun = await hall.begin('прощён')
    await mute(begun, 'spam')
    await resolve(begun)
    expect((await mute(begun, null)).state).toBe('resolved')
    await hall.say(begun, 'спасибо')
    expect((await look(begun)).state).toBe('open')
  })

  test('that is split becomes two muted ones', async () => {
    const begun = await hall.begin('два спама')
    await hall.say(begun, 'второй')
    await mute(begun, 'spam')
    const split = await hall.irina.call(conversations.splitConversation, {
      params: begun.params,
      body: { laneId: begun.laneId, fromSeq: 2 },
    })
    expect(split.state).toBe('muted')
  })
})

describe('a resolved conversation', () => {
  test('cannot be muted, so that taking a mute back never leaves it half open', async () => {
    const begun = await hall.begin('решено')
    await resolve(begun, 'solved')
    await expect(mute(begun, 'spam')).rejects.toEqual(refusal('conversation_resolved'))
    expect((await look(begun)).state).toBe('resolved')
  })
})

describe('a conversation put aside', () => {
  test('does not wake at its old time when it was put aside further meanwhile', async () => {
    const begun = await hall.begin('ещё позже')
    await snooze(begun, 1)
    hall.clock.advance(2 * MINUTE_MS)
    const { context } = hall.otklik.timeline
    // Between the look for what is due and the waking somebody puts it off again.
    await wakeSnoozed(context, async (work) => {
      await snooze(begun, 30)
      await inTransaction(context.db, work)
    })
    expect((await look(begun)).state).toBe('snoozed')
  })
})

describe('whatever is done to a conversation, in whatever order', () => {
  const acts: Record<string, (begun: Begun) => Promise<unknown>> = {
    say: (begun) => hall.say(begun, 'ещё слово'),
    mute: (begun) => mute(begun, 'spam'),
    unmute: (begun) => mute(begun, null),
    snooze: (begun) => snooze(begun, 1),
    wake: (begun) => snooze(begun, null),
    resolve: (begun) => resolve(begun, 'solved'),
    reopen,
    split: ({ params, laneId }) =>
      hall.irina.call(conversations.splitConversation, { params, body: { laneId, fromSeq: 2 } }),
    'time passes': async () => {
      hall.clock.advance(2 * MINUTE_MS)
      await wakeDue()
    },
  }

  test('its row says one thing only', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.keys(acts)), { minLength: 2, maxLength: 8 }),
        async (order) => {
          const begun = await hall.begin(`порядок ${run++}`)
          for (const name of order) await acts[name]!(begun).catch(onlyRefused)
          expect(await contradictions(begun)).toEqual([])
        },
      ),
      { numRuns: 15 },
    )
  }, 120_000)
})

function onlyRefused(error: unknown): void {
  if (!(error instanceof Refused) || error.status >= 500) throw error
}

/** Conversations of the lane whose columns disagree, or that lack the stretch in which an open lane goes on. */
function contradictions({ laneId }: Begun): Promise<unknown[]> {
  return rows(
    hall.otklik.db,
    sql`select c.state, c.muted_as, c.snoozed_until, c.resolved_at, l.conversation_id = c.id as current, l.interaction_id
      from timeline.conversation c join timeline.lane l on l.id = c.lane_id
      where c.lane_id = ${laneId} and ((c.state = 'resolved') <> (c.resolved_at is not null)
        or (c.state = 'muted') <> (c.muted_as is not null and c.resolved_at is null)
        or (c.state = 'snoozed') <> (c.snoozed_until is not null)
        or (c.state <> 'resolved' and l.conversation_id = c.id and not exists (
          select 1 from timeline.segment s where s.conversation_id = c.id and s.lane_id = l.id and s.to_seq is null)))`,
  )
}
