import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '../../../../contracts/index.ts'
import { aStaffCaller } from '../../../../test/factories/caller.ts'
import { aMaxDoor, type MaxDoor } from '../../../../test/factories/max-door.ts'
import { anOtklik, type TestOtklik } from '../../../../test/factories/otklik.ts'
import { type ManualClock, manualClock } from '../../../platform/clock.ts'
import { inTransaction, rows, sql } from '../../../platform/database/index.ts'
import { fileLanes } from './file-lanes.ts'

const { conversations } = contracts
let otklik: TestOtklik
let clock: ManualClock
let door: MaxDoor

beforeAll(async () => {
  clock = manualClock('2026-11-24T09:00:00Z')
  // Nobody files but the test.
  otklik = await anOtklik({ clock, env: { OTKLIK_ROLES: 'web' } })
  door = await aMaxDoor(otklik)
  await rows(
    otklik.db,
    sql`update timeline.channel_account set policy = 'invite-only' where id = ${door.accountId}`,
  )
  await otklik.timeline.context.doors.refresh()
})
afterAll(() => otklik.end())

const file = (laneId: string) =>
  inTransaction(otklik.db, (tx) => fileLanes(tx, otklik.timeline.context, [laneId]))
const invitations = (laneId: string) =>
  rows(otklik.db, sql`select from timeline.outbound where lane_id = ${laneId} and author_kind = 'system'`)

test('who begins to talk again is invited elsewhere, also when an agent acts before it is filed', async () => {
  await door.post(door.message(1, 'здравствуйте').update)
  const laneId = await door.laneOf(1)
  await file(laneId)
  expect(await invitations(laneId)).toHaveLength(1)
  await door.post(door.message(1, 'вы тут?').update)
  await file(laneId)
  expect(await invitations(laneId)).toHaveLength(1)

  clock.advance(30 * 3_600_000)
  await door.post(door.message(1, 'и снова здравствуйте').update)
  const anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  const { items } = await anna.call(conversations.listConversations, { query: { view: 'all' } })
  await anna.call(conversations.claimConversation, { params: { id: items[0]?.id ?? '' } })
  expect(await invitations(laneId)).toHaveLength(2)
})

test('a machine that writes first is not answered', async () => {
  const { account } = (await otklik.timeline.context.doors.find(door.accountId))!
  await otklik.timeline.inbound.receiveMessage(account, {
    kind: 'message',
    key: uuid(),
    messageId: uuid(),
    from: { channelAccountId: account.id, channel: 'max', externalId: '2', address: '2' },
    providerAt: null,
    machine: true,
    body: {
      type: 'message',
      text: 'Меня нет на месте',
      mail: { subject: 'Автоответ', from: 'a@example.ru', to: [], machine: 'auto-submitted' },
    },
  })
  const laneId = await door.laneOf(2)
  expect(await file(laneId)).toHaveLength(1)
  expect(await invitations(laneId)).toEqual([])
})
