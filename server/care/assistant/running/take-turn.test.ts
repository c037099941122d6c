import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '../../../../contracts/index.ts'
import { aHall, type Begun, type Hall } from '../../../../test/factories/hall.ts'
import { rows, sql } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { plainUnderstanding } from '../plain-understanding.ts'
import { createFlowMemory } from './flow-memory.ts'
import type { AssistantRoom } from './room.ts'
import { takeTurns } from './take-turn.ts'

const { chat } = contracts
let hall: Hall

beforeAll(async () => {
  hall = await aHall()
})
afterAll(() => hall.otklik.end())

/** What a greeting needs of it. */
const room = (): AssistantRoom => {
  const { db, clock, timeline } = hall.otklik
  const { log } = timeline.context
  const links = { topUp: '', market: '', article: () => '' }
  const greeting = {
    db,
    clock,
    log,
    timeline: timeline.context,
    understanding: plainUnderstanding('RU'),
    links,
    flows: createFlowMemory(),
  }
  return greeting as unknown as AssistantRoom
}

/** Somebody answers on the lane, whose word waits. */
async function answerOn({ laneId }: Begun, conversationId: string | null, seq = 1): Promise<void> {
  const lease = newId(hall.otklik.clock)
  await rows(
    hall.otklik.db,
    sql`insert into assistant.waiting (lane_id, from_seq, to_seq, not_before, lease, lease_until)
      values (${laneId}, ${seq}, ${seq}, now(), ${lease}, now() + interval '1 hour')`,
  )
  await takeTurns(room(), { laneId, lease, fromSeq: seq, toSeq: seq, conversationId })
}

const answers = async ({ visitor }: Begun) => {
  const { messages } = await visitor.call(chat.readChat, { query: { after: 0 } })
  return messages.filter(({ from }) => from === 'assistant').length
}
const waiting = () => rows(hall.otklik.db, sql`select lane_id from assistant.waiting`)

test('a word is answered once where its lane goes on, wherever whoever claimed it took that to be', async () => {
  const [begun, other] = [await hall.begin('меню'), await hall.begin('другое')]
  for (const [place, told] of [
    [begun, begun.id],
    [await hall.begin('раз'), other.id],
    [await hall.begin('два'), null],
  ] as const) {
    await answerOn(place, told)
    expect(await answers(place)).toBe(1)
    expect(await waiting()).toEqual([])
  }
  expect(await answers(other)).toBe(0)
})

test('who writes again after their dialog was forgotten is answered as somebody new, under names that nothing has yet', async () => {
  const begun = await hall.begin('меню')
  await answerOn(begun, begun.id)
  const { db } = hall.otklik
  await rows(db, sql`delete from assistant.dialog where conversation_id = ${begun.id}`)
  await rows(
    db,
    sql`update timeline.conversation set opened_at = opened_at - interval '31 days' where id = ${begun.id}`,
  )
  await begun.visitor.call(chat.sendChatMessage, { body: { id: newId(hall.otklik.clock), text: 'меню' } })
  await hall.otklik.drain()
  const [last] = await rows(
    db,
    sql<{ seq: number }>`select max(seq) as seq from timeline.entry where lane_id = ${begun.laneId}`,
  )
  await answerOn(begun, begun.id, last?.seq)
  expect(await answers(begun)).toBe(2)
})
