import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '../../../../contracts/index.ts'
import type { Caller } from '../../../../test/factories/caller.ts'
import { eventually } from '../../../../test/factories/eventually.ts'
import { aHall, type Hall } from '../../../../test/factories/hall.ts'
import { rows, sql } from '../../../platform/database/index.ts'

const { conversations } = contracts
let hall: Hall
beforeAll(async () => {
  hall = await aHall()
})
afterAll(() => hall.otklik.end())

const countsOf = async (who: Caller) => {
  const { mine, unassigned, all } = await who.call(conversations.countConversations)
  return { mine: mine.open, unassigned: unassigned.open, all: all.open, snoozed: all.snoozed }
}

test('what one agent changes, every agent’s counters say at once', async () => {
  await hall.begin('первый')
  const second = await hall.begin('второй')
  expect(await countsOf(hall.irina)).toEqual({ mine: 0, unassigned: 2, all: 2, snoozed: 0 })
  await hall.anna.call(conversations.claimConversation, { params: second.params })
  expect(await countsOf(hall.irina)).toEqual({ mine: 0, unassigned: 1, all: 2, snoozed: 0 })
  expect(await countsOf(hall.anna)).toEqual({ mine: 1, unassigned: 1, all: 2, snoozed: 0 })
  await hall.resolve(second, hall.anna)
  expect(await countsOf(hall.irina)).toEqual({ mine: 0, unassigned: 1, all: 1, snoozed: 0 })
})

test('a change whose notice was lost is in the counters a second later', async () => {
  const begun = await hall.begin('третий')
  const before = await countsOf(hall.irina)
  await rows(
    hall.otklik.db,
    sql`update timeline.conversation set state = 'resolved', resolved_at = now() where id = ${begun.id}`,
  )
  await eventually(async () => (await countsOf(hall.irina)).all === before.all - 1)
})
