import type { Clock } from '../../../platform/clock.ts'
import { countChanged, type Executor, sql } from '../../../platform/database/index.ts'

const DAY_MS = 86_400_000
/** Providers repeat an event for hours, at most a week (WhatsApp); a month is safe. */
const KEPT_MS = 30 * DAY_MS
/** A mailbox that gets new numbers (UIDVALIDITY) is read again from its beginning: its mails must be known as long as they lie there. */
const KEPT_OF_MAIL_MS = 3 * 366 * DAY_MS
const AT_A_TIME = 20_000

/** In one run half a million, six times what two million messages a day leave in an hour: a backlog shrinks. */
const TIMES = 25

/** Forgets the names of events that nobody repeats any more, some at a time. Gives how many. For an hourly job. */
export async function forgetOldInboundKeys(db: Executor, { now }: Clock): Promise<number> {
  let gone = 0
  for (let time = 0; time < TIMES; time++) {
    const some = await forgetSome(db, now().getTime())
    gone += some
    if (some < AT_A_TIME) break
  }
  return gone
}

function forgetSome(db: Executor, at: number): Promise<number> {
  return countChanged(
    db,
    sql`delete from timeline.inbound_key where (channel_account_id, external_id) in (
        select k.channel_account_id, k.external_id from timeline.inbound_key k
        join timeline.channel_account a on a.id = k.channel_account_id
        where k.received_at < ${new Date(at - KEPT_MS)}
          and (a.kind <> 'email' or k.received_at < ${new Date(at - KEPT_OF_MAIL_MS)})
        limit ${AT_A_TIME})`,
  )
}
