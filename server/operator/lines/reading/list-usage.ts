import type { UsageRecord } from '../../../../contracts/lines.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { pageOf, timeCursor } from '../../../platform/pages.ts'
import type { Page, PageAsk } from '../../edge/index.ts'
import { findReach } from '../store/find-line.ts'
import { selectUsage } from '../store/usage.ts'
import { boundsOf, placeBelow } from './month-page.ts'

/**
 * Calls, messages and data of a month of the line's calendar or a day of it, newest first, as far as its holder of now has held it; empty
 * for a line that is not there. Who was called is
 * secret of communication: who may see it is the caller's to know. Refuses a strange cursor or month with `invalid_request`.
 */
export async function listUsage(
  db: Executor,
  lineId: string,
  ask: PageAsk & {
    readonly month: string
    readonly day?: number | undefined
    readonly type?: UsageRecord['type'] | undefined
  },
): Promise<Page<UsageRecord>> {
  const { month, day, type, after, limit } = ask
  const reach = await findReach(db, lineId)
  if (reach === undefined) return { items: [], next: null }
  const { from, to } = boundsOf(month, reach, day)
  const found = await selectUsage(db, { lineId, from, below: placeBelow(after, to), type }, limit + 1)
  const { items, next } = pageOf(found, limit, timeCursor)
  return { items: items.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })), next }
}
