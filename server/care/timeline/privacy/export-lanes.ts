import type { Entry } from '../../../../contracts/entries.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { presentEntries } from '../reading/present-entries.ts'
import { readLaneForwards } from '../reading/read-entries.ts'
import { findConversationsOf } from './erase-lanes.ts'
import type { LaneSpan } from './spans.ts'

const PAGE = 200

/** A stretch's entries with bodies, files' names and deliveries, oldest first, page by page: memory stays bounded. */
export async function* exportEntries(db: Executor, span: LaneSpan): AsyncGenerator<Entry[]> {
  for (let after = span.firstSeq - 1; after < span.lastSeq; ) {
    const page = await readLaneForwards(db, span.laneId, after, PAGE)
    const theirs = page.filter((entry) => entry.seq <= span.lastSeq)
    if (theirs.length === 0) return
    yield presentEntries(db, theirs)
    after = theirs.at(-1)?.seq ?? span.lastSeq
  }
}

/** The matters in which stretches are filed, in the words of the table. */
export async function exportConversations(
  db: Executor,
  spans: readonly LaneSpan[],
): Promise<Readonly<Record<string, unknown>>[]> {
  const ids = await findConversationsOf(db, spans)
  return rows(
    db,
    sql<Record<string, unknown>>`
      select id, number, channel, state, topic_id as "topicId", outcome, summary_note as "summaryNote", opened_at as "openedAt",
        resolved_at as "resolvedAt", reopened, muted_as as "mutedAs", call_back_at as "callBackAt", call_back_msisdn as "callBackMsisdn"
      from timeline.conversation where id = any(${ids}::uuid[]) order by number`,
  )
}
