import type { EntryBody } from '../../../../contracts/entries.ts'
import { type Executor, maybeOne, sql } from '../../../platform/database/index.ts'

/** The original of an edit, a deletion or a receipt is not there (yet): worth another try. */
export class OriginalMissing extends Error {
  override readonly name = 'OriginalMissing'
}

export interface Original {
  readonly seq: number
  readonly body: EntryBody
}

/** The newest entry of a lane that the channel calls by this name. */
export function findByExternalId(
  tx: Executor,
  laneId: string,
  externalId: string,
): Promise<Original | undefined> {
  return maybeOne(
    tx,
    sql<Original>`select seq, body from timeline.entry_body
      where lane_id = ${laneId} and external_id = ${externalId} order by seq desc limit 1`,
  )
}

/** What has become of a message: the newest edit or deletion. */
export interface Change {
  /** Null once it is erased. */
  readonly body: EntryBody | null
  readonly kind: string
  readonly providerAt: Date | null
}

export function findNewestChange(tx: Executor, laneId: string, seq: number): Promise<Change | undefined> {
  return maybeOne(
    tx,
    sql<Change>`select e.kind, b.body, e.provider_at as "providerAt" from timeline.entry e
      left join timeline.entry_body b on b.lane_id = e.lane_id and b.seq = e.seq
      where e.lane_id = ${laneId} and e.supersedes = ${seq} order by e.seq desc limit 1`,
  )
}
