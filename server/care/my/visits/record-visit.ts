import type { MySection } from '../../../../contracts/my.ts'
import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import type { Subscriber } from '../../../platform/http/index.ts'
import type { MyRoom } from '../my-room.ts'
import { dayIn } from './day.ts'

/** A section was opened: one row a subscriber, day of theirs and section, however often. */
export async function recordVisit(
  db: Executor,
  { clock, timeZone }: Pick<MyRoom, 'clock' | 'timeZone'>,
  { id }: Subscriber,
  section: MySection,
): Promise<void> {
  const person = await maybeOne(
    db,
    sql<{
      timeZone: string | null
    }>`select time_zone as "timeZone" from subscribers.subscriber where id = ${id}`,
  )
  const day = dayIn(person?.timeZone ?? timeZone, clock.now())
  await rows(
    db,
    sql`insert into my.visit (day, subscriber_id, section) values (${day}::date, ${id}, ${section}) on conflict do nothing`,
  )
}
