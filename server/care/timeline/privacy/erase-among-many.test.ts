import { afterAll, beforeAll, expect, test } from 'vitest'
import { aHall, type Hall } from '../../../../test/factories/hall.ts'
import { type Executor, inTransaction, rows, sql } from '../../../platform/database/index.ts'
import { eraseLanes, lockForErasure } from './erase-lanes.ts'
import { spansOf } from './spans.ts'

/** So many that reading all of them would be dearer than finding one's own. */
const OTHERS = 100_000
let hall: Hall
beforeAll(async () => {
  hall = await aHall()
})
afterAll(() => hall.otklik.end())

/** What was sent to a person, among years of messages to others. */
async function sentAmongMany(laneId: string): Promise<void> {
  const { db } = hall.otklik
  await rows(
    db,
    sql`insert into timeline.outbound (id, conversation_id, lane_id, author_kind, state, seq, external_id, release_at, created_at, changed_at)
      select gen_random_uuid(), gen_random_uuid(), case when n = 0 then ${laneId}::uuid else gen_random_uuid() end, 'system', 'sent', 1, n,
        now(), now(), now()
      from generate_series(0, ${OTHERS}::int) n`,
  )
  await rows(
    db,
    sql`insert into timeline.outbound_external (channel_account_id, external_id, outbound_id)
      select gen_random_uuid(), id, id from timeline.outbound`,
  )
  await rows(
    db,
    sql`insert into timeline.outbound_event (outbound_id, at, state) select id, now(), 'sent' from timeline.outbound`,
  )
  await rows(db, sql`analyze timeline.outbound, timeline.outbound_external, timeline.outbound_event`)
}

/** Rows read by whole scans so far, by table: of this transaction, and of what its connection did just before and has not reported yet. */
const scanned = (db: Executor) =>
  rows(
    db,
    sql<{
      table: string
      whole: number
    }>`select relname as table, seq_tup_read as whole from pg_stat_xact_user_tables
      where schemaname = 'timeline' and relname in ('outbound', 'outbound_external', 'outbound_event') order by relname`,
  )

test('erasing a person reads nothing of what was sent to all the others', async () => {
  const { db, timeline } = hall.otklik
  const { laneId } = await hall.begin('Забудьте меня')
  await sentAmongMany(laneId)
  const read = await inTransaction(db, async (tx) => {
    await lockForErasure(tx, [laneId])
    const spans = await spansOf(tx, [{ laneId, kind: 'contact-point', from: null, to: null }])
    const laneless = { payloads: [], until: hall.clock.now() }
    const before = new Map((await scanned(tx)).map(({ table, whole }) => [table, whole]))
    await eraseLanes(tx, timeline.context, { spans, names: [], laneless })
    return (await scanned(tx)).map(({ table, whole }) => ({ table, whole: whole - (before.get(table) ?? 0) }))
  })
  expect(read.filter(({ whole }) => whole >= OTHERS)).toEqual([])
})
