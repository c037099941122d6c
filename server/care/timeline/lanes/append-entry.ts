import type { EntryBody } from '../../../../contracts/entries.ts'
import type { Clock } from '../../../platform/clock.ts'
import { type Executor, one, sql } from '../../../platform/database/index.ts'
import { storableJson } from '../inbound/storable.ts'

export interface NewEntry {
  readonly laneId: string
  readonly direction: 'in' | 'out' | 'internal'
  readonly author: {
    readonly kind: 'subscriber' | 'agent' | 'assistant' | 'system'
    readonly id: string | null
  }
  readonly body: EntryBody
  /** The channel's name of the message, if it has one. */
  readonly externalId?: string
  readonly supersedes?: number
  readonly providerAt?: Date | null
  readonly receivedAt?: Date
  /** A lane that was silent since then has no interaction going on; given for what the person says. */
  readonly silentSince?: Date
  /** Stored out of its time: a replayed event. */
  readonly late?: boolean
}

export interface Appended {
  readonly seq: number
  readonly storedAt: Date
}

/**
 * Gives the entry the lane's next number and stores it, with a note that it is still to be found by search. Takes the lane's row lock if the caller does not hold it yet.
 * The stored time never runs backwards within a lane, whatever the nodes' clocks say.
 */
export async function appendEntry(tx: Executor, clock: Clock, entry: NewEntry): Promise<Appended> {
  const now = clock.now()
  const silentSince = entry.silentSince ?? null
  const inbound = entry.direction === 'in'
  return one(
    tx,
    sql<Appended>`
      with numbered as (
        update timeline.lane
        set last_seq = last_seq + 1,
          filed_seq = case when interaction_id is not null and last_at < ${silentSince} then last_seq else filed_seq end,
          interaction_id = case when last_at < ${silentSince} then null else interaction_id end,
          last_at = greatest(last_at, ${now}),
          last_inbound_at = case when ${inbound} then greatest(last_at, ${now}) else last_inbound_at end
        where id = ${entry.laneId}
        returning last_seq as seq, last_at as stored_at
      ), skeleton as (
        insert into timeline.entry
          (lane_id, seq, kind, direction, author_kind, author_id, supersedes, provider_at, received_at, stored_at, late)
        select ${entry.laneId}, seq, ${entry.body.type}, ${entry.direction}, ${entry.author.kind}, ${entry.author.id},
          ${entry.supersedes ?? null}, ${entry.providerAt ?? null}, ${entry.receivedAt ?? now}, stored_at, ${entry.late ?? false}
        from numbered
      ), body as (
        insert into timeline.entry_body (lane_id, seq, body, external_id, stored_at)
        select ${entry.laneId}, seq, ${storableJson(entry.body)}, ${entry.externalId ?? null}, stored_at from numbered
      ), unindexed as (
        insert into search.waiting (lane_ids, seqs, stored_at) select array[${entry.laneId}::uuid], array[seq], stored_at from numbered
      )
      select seq, stored_at as "storedAt" from numbered`,
  )
}
