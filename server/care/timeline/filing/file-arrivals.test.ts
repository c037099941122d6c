import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contracts } from '../../../../contracts/index.ts'
import { aStaffCaller, type Caller } from '../../../../test/factories/caller.ts'
import { aMaxDoor, type MaxDoor } from '../../../../test/factories/max-door.ts'
import { anOtklik, type TestOtklik } from '../../../../test/factories/otklik.ts'
import { type ManualClock, manualClock } from '../../../platform/clock.ts'
import { one, rows, sql } from '../../../platform/database/index.ts'
import { markUnreachable } from '../../subscribers/index.ts'

const { assistant, channels, conversations } = contracts
let clock: ManualClock
let otklik: TestOtklik
let max: MaxDoor
let irina: Caller

beforeAll(async () => {
  clock = manualClock('2026-11-24T09:00:00Z')
  otklik = await anOtklik({ clock })
  max = await aMaxDoor(otklik)
})
afterAll(() => otklik.end())
// Minutes go by in these tests, and screens lock.
beforeEach(async () => {
  irina = await aStaffCaller(otklik.url, otklik.logins.irina)
})

let people = 0
/** A lane with one filed message. */
async function aLane(text: string): Promise<{ person: number; laneId: string }> {
  const person = ++people
  await max.post(max.message(person, text).update)
  await otklik.drain()
  return { person, laneId: await max.laneOf(person) }
}
/** As if nothing had been filed yet, and nothing can be: there is no matter without a channel. */
async function breakLane(laneId: string): Promise<void> {
  await rows(otklik.db, sql`delete from timeline.segment where lane_id = ${laneId}`)
  await rows(
    otklik.db,
    sql`update timeline.lane set channel = null, conversation_id = null, interaction_id = null, filed_seq = 0 where id = ${laneId}`,
  )
}
const mendLane = (laneId: string) =>
  rows(otklik.db, sql`update timeline.lane set channel = 'max' where id = ${laneId}`)

interface Arrival {
  readonly laneIds: string[]
  readonly attempts: number
}
const arrivals = () =>
  rows(otklik.db, sql<Arrival>`select lane_ids as "laneIds", attempts from timeline.arrival order by id`)
/** A batch that has been accepted, as if its first messages had just come. */
const arrive = (...laneIds: string[]) =>
  rows(
    otklik.db,
    sql`insert into timeline.arrival (lane_ids, seqs, stored_at, not_before)
      values (${laneIds}::uuid[], ${laneIds.map(() => 1)}::bigint[], ${clock.now()}, ${clock.now()})`,
  )
const forgetWords = () => rows(otklik.db, sql`delete from search.document`)
const findable = async (laneId: string) => {
  const { found } = await one(
    otklik.db,
    sql<{ found: boolean }>`select exists (select from search.document where lane_id = ${laneId}) as found`,
  )
  return found
}
async function tryOnce(afterMs: number): Promise<void> {
  clock.advance(afterMs)
  await otklik.drain()
}
const unfiled = async () => (await irina.call(channels.listUnfiledEvents)).items

describe('a lane that cannot be filed', () => {
  test('holds up none of those that arrived with it', async () => {
    const [broken, sound] = [await aLane('сломанная'), await aLane('исправная')]
    await breakLane(broken.laneId)
    await forgetWords()
    await arrive(broken.laneId, sound.laneId)
    await otklik.drain()
    expect(await arrivals()).toEqual([{ laneIds: [broken.laneId], attempts: 1 }])
    expect(await findable(sound.laneId)).toBe(true)
    await mendLane(broken.laneId)
    await tryOnce(120_000)
    expect(await arrivals()).toEqual([])
    expect(await findable(broken.laneId)).toBe(true)
  })

  test('is set aside after some tries, is found by search all the same, and is filed from the desk', async () => {
    const { laneId } = await aLane('никуда не ложится')
    await breakLane(laneId)
    await forgetWords()
    await arrive(laneId)
    await otklik.drain()
    for (const ms of [1_000, 5_000, 30_000, 120_000]) {
      expect(await unfiled()).toEqual([])
      await tryOnce(ms)
    }
    expect(await arrivals()).toEqual([])
    expect(await findable(laneId)).toBe(true)
    const [event] = await unfiled()
    expect(event).toMatchObject({ state: 'set-aside', channel: 'max', attempts: 5, bytes: 0 })
    expect(event?.reason).toMatch(/^filing: /)
    const params = { id: event?.id ?? '' }
    expect(await irina.call(channels.replayUnfiledEvent, { params })).toMatchObject({ filed: false })
    await mendLane(laneId)
    expect(await irina.call(channels.replayUnfiledEvent, { params })).toEqual({ filed: true, reason: null })
    expect(await unfiled()).toEqual([])
    const { id } = await one(
      otklik.db,
      sql<{
        id: string
      }>`select conversation_id as id from timeline.segment where lane_id = ${laneId} and to_seq is null`,
    )
    expect((await irina.call(conversations.getConversation, { params: { id } })).state).toBe('open')
  })

  test('is one thing to look at however often the person writes, and none once it is filed', async () => {
    const { person, laneId } = await aLane('пишу и пишу')
    await breakLane(laneId)
    for (const text of ['раз', 'два']) {
      await max.post(max.message(person, text).update)
      for (const ms of [0, 1_000, 5_000, 30_000, 120_000]) await tryOnce(ms)
    }
    expect(await unfiled()).toHaveLength(1)
    await mendLane(laneId)
    await max.post(max.message(person, 'три').update)
    await otklik.drain()
    expect(await unfiled()).toEqual([])
  })
})

describe('while the assistant waits to hear of what is filed', () => {
  const answerThere = async (on: boolean) => {
    const pavel = await aStaffCaller(otklik.url, otklik.logins.pavel)
    await pavel.call(assistant.setAssistantDoor, { params: { id: max.accountId }, body: { on } })
    await otklik.drain()
  }
  beforeAll(() => answerThere(true))
  afterAll(() => answerThere(false))
  test('what comes is filed behind it, with what waits on other lanes', async () => {
    const [here, there] = [await aLane('здесь'), await aLane('там')]
    await forgetWords()
    await arrive(there.laneId)
    expect(await max.post(max.message(here.person, 'и ещё').update)).toBe(200)
    await otklik.drain()
    expect(await arrivals()).toEqual([])
    expect(await findable(here.laneId)).toBe(true)
    expect(await findable(there.laneId)).toBe(true)
  })

  test('what comes from many at once is filed, each word once and in order', async () => {
    const lanes = await Promise.all(Array.from({ length: 12 }, (_, n) => aLane(`человек ${n}`)))
    const said = ['раз', 'два', 'три']
    for (const text of said)
      await Promise.all(lanes.map(({ person }) => max.post(max.message(person, text).update)))
    await otklik.drain()
    expect(await arrivals()).toEqual([])
    for (const { person } of lanes) {
      const texts = (await max.entriesOf(person)).map(({ body }) => body?.text)
      expect(texts.filter((text) => said.includes(text ?? ''))).toEqual(said)
    }
  })

  test('what cannot be filed is accepted, and waits for another try', async () => {
    const { person, laneId } = await aLane('ляжет не сразу')
    await breakLane(laneId)
    expect(await max.post(max.message(person, 'слышно?').update)).toBe(200)
    await otklik.drain()
    expect(await arrivals()).toEqual([{ laneIds: [laneId], attempts: 1 }])
    await mendLane(laneId)
    await tryOnce(120_000)
    expect(await arrivals()).toEqual([])
  })
})

describe('what changes nothing', () => {
  const matters = async (...laneIds: string[]) => {
    const { count } = await one(
      otklik.db,
      sql<{
        count: number
      }>`select count(distinct id)::int as count from timeline.conversation where lane_id = any(${laneIds}::uuid[])`,
    )
    return count
  }

  test('is done with beside a stranger who writes in the same batch, and all of it is found', async () => {
    const [settled, other] = [await aLane('жду ответа'), await aLane('и я жду')]
    await forgetWords()
    const stranger = ++people
    await Promise.all([
      max.post(max.message(settled.person, 'всё ещё жду').update),
      max.post(max.message(stranger, 'а я впервые').update),
      max.post(max.message(other.person, 'и я ещё жду').update),
    ])
    await otklik.drain()
    const strangers = await max.laneOf(stranger)
    expect(await arrivals()).toEqual([])
    expect(await matters(settled.laneId, other.laneId, strangers)).toBe(3)
    for (const laneId of [settled.laneId, other.laneId, strangers]) expect(await findable(laneId)).toBe(true)
  })

  test('tells all the same that who could not be reached can be again', async () => {
    const { person, laneId } = await aLane('слышно ли меня')
    await markUnreachable(otklik.db, laneId, clock.now())
    clock.advance(1_000)
    await max.post(max.message(person, 'теперь слышно').update)
    await otklik.drain()
    const { since } = await one(
      otklik.db,
      sql<{
        since: Date | null
      }>`select unreachable_since as since from subscribers.contact_point where id = ${laneId}`,
    )
    expect(since).toBeNull()
    expect(await arrivals()).toEqual([])
  })
})
