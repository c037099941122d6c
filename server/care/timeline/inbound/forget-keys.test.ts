import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { manualClock } from '../../../platform/clock.ts'
import { rows, sql } from '../../../platform/database/index.ts'
import { forgetOldInboundKeys } from './forget-keys.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('names of events are forgotten after a month, those of mails are kept as long as the mails may lie in the mailbox', async () => {
  const { db } = database
  const clock = manualClock('2026-11-25T09:00:00Z')
  const [max, email] = [randomUUID(), randomUUID()]
  await rows(
    db,
    sql`insert into timeline.channel_account (id, kind, name, policy, created_at)
      values (${max}, 'max', 'MAX', 'full', ${clock.now()}), (${email}, 'email', 'Почта', 'full', ${clock.now()})`,
  )
  await rows(
    db,
    sql`insert into timeline.inbound_key (channel_account_id, external_id, received_at) values
      (${max}, 'old', '2026-10-25'), (${max}, 'young', '2026-10-27'),
      (${email}, 'ancient', '2023-11-01'), (${email}, 'old', '2024-11-25')`,
  )
  expect(await forgetOldInboundKeys(db, clock)).toBe(2)
  const left = await rows(
    db,
    sql<{ name: string }>`select external_id as name from timeline.inbound_key order by received_at`,
  )
  expect(left).toEqual([{ name: 'old' }, { name: 'young' }])
})

test('as many are forgotten in an hour as millions of messages a day leave behind', async () => {
  const { db } = database
  const clock = manualClock('2026-11-25T09:00:00Z')
  const sms = randomUUID()
  await rows(
    db,
    sql`insert into timeline.channel_account (id, kind, name, policy, created_at)
      values (${sms}, 'sms', 'SMS', 'full', ${clock.now()})`,
  )
  await rows(
    db,
    sql`insert into timeline.inbound_key (channel_account_id, external_id, received_at)
      select ${sms}, n, '2026-10-01' from generate_series(1, 90000) as n`,
  )
  expect(await forgetOldInboundKeys(db, clock)).toBe(90_000)
})
