import type { ChannelKind } from '../../../../contracts/channels.ts'
import {
  databaseProblem,
  type Executor,
  inTransaction,
  maybeOne,
  one,
  rows,
  sql,
} from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import type { Doors } from '../accounts/doors.ts'
import type { ChannelAccountRow } from '../channel-adapter.ts'
import { fileLanes, tellScreens } from '../filing/file-lanes.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { acceptOne, type SingleEvent } from './accept-one.ts'
import { withoutCards } from './card-numbers.ts'
import type { InboundContext } from './context.ts'
import { laneOf } from './lane-of.ts'
import { claimKey, dropRawEvent, type RawRef, readRawEvent } from './raw-events.ts'
import { reasonOf } from './reason-of.ts'

/** Tries by itself before a person has to look; the first retries are quick: the original of an edit may be on its way. */
const RETRY_MS = [1_000, 5_000, 30_000, 300_000]

interface Failure {
  readonly account: ChannelAccountRow
  readonly raw: RawRef
  readonly key: string | null
  readonly error: unknown
}

/** Keeps an event that could not be put on a timeline: visible with its reason, tried again, replayable. */
export async function setAside(
  tx: Executor,
  context: InboundContext,
  { account, raw, key, error }: Failure,
): Promise<void> {
  const now = context.clock.now()
  const id = newId(context.clock)
  const reason = reasonOf(error)
  await rows(
    tx,
    sql`insert into timeline.unfiled_event
      (id, channel_account_id, raw_received_at, raw_id, key, state, reason, next_attempt_at, changed_at)
      values (${id}, ${account.id}, ${raw.receivedAt}, ${raw.id}, ${key}, 'failed', ${reason},
        ${new Date(now.getTime() + (RETRY_MS[0] ?? 0))}, ${now})`,
  )
  context.log.warn({ unfiledEvent: id, account: account.id, err: error }, 'inbound event not filed')
}

interface Unfiled {
  readonly id: string
  readonly channelAccountId: string
  /** Null when it is stored already: entries of a lane that could not be filed under a conversation. */
  readonly rawId: string | null
  readonly rawReceivedAt: Date
  readonly key: string | null
  readonly laneId: string | null
  readonly attempts: number
}

const UNFILED = sql`u.id, u.channel_account_id as "channelAccountId", u.raw_id as "rawId", u.raw_received_at as "rawReceivedAt", u.key,
  u.lane_id as "laneId", u.attempts`
/** Nobody has filed it or given it up. */
const WAITS = sql`state in ('failed', 'set-aside')`
/** The same, of those that still need a person: a lane may have been filed with what came later. */
const SHOWN = sql`u.${WAITS} and (u.lane_id is null or u.seq > (select filed_seq from timeline.lane where id = u.lane_id))`

/**
 * Tries once more to file an event; what is stored by that is stored late and marked late. Of several who try at the same
 * time one files it.
 * @returns the reason if it failed again, else null. Refuses with `not_found` when it waits no more.
 */
export async function replayUnfiled(
  context: OutboundContext,
  doors: Doors,
  id: string,
): Promise<string | null> {
  const row = found(
    await maybeOne(
      context.db,
      sql<Unfiled>`select ${UNFILED} from timeline.unfiled_event u where u.id = ${id} and ${WAITS}`,
    ),
    'unfiled event',
  )
  let filed: boolean
  try {
    filed = row.laneId ? await fileLane(context, row, row.laneId) : await storeLate(context, doors, row)
  } catch (error) {
    if (databaseProblem(error)) throw error
    const reason = reasonOf(error)
    await noteFailure(context, row, reason)
    return reason
  }
  if (!filed) throw new Refusal('not_found', { what: 'unfiled event' })
  return null
}

/** Files what stands on a lane. Gives false when somebody else has done it or given it up meanwhile. */
async function fileLane(context: OutboundContext, row: Unfiled, laneId: string): Promise<boolean> {
  const filed = await inTransaction(context.db, async (tx) =>
    (await takeUp(tx, row.id, context.clock.now())) ? fileLanes(tx, context, [laneId]) : undefined,
  )
  if (filed) tellScreens(context, filed)
  return filed !== undefined
}

/** Stores the event late. Gives false when somebody else has done it or given it up meanwhile. */
async function storeLate(context: InboundContext, doors: Doors, row: Unfiled): Promise<boolean> {
  const { account, adapter } = found(await doors.find(row.channelAccountId), 'channel account')
  const rawId = found(row.rawId, 'raw event')
  const kept = found(
    await readRawEvent(context.db, { id: rawId, receivedAt: row.rawReceivedAt }),
    'raw event',
  )
  const payload = (await adapter.fetchAgain?.(account, kept)) ?? kept
  const read = await adapter.parse(account, payload)
  const events = read
    .map(withoutCards)
    .filter((event): event is SingleEvent => event.kind !== 'ignored')
    .filter((event) => row.key === null || event.key === row.key)
  const hadCards = events.some((event) => !read.includes(event))
  const lanes = await Promise.all(events.map((event) => laneOf(context, account, event)))
  const filed = await inTransaction(context.db, async (tx) => {
    if (!(await takeUp(tx, row.id, context.clock.now()))) return false
    for (const [index, event] of events.entries()) {
      // A payload that could not be read has claimed nothing yet; an event set aside holds its key already.
      if (row.key === null && !(await claimKey(tx, account.id, event.key, context.clock.now()))) continue
      await acceptOne(tx, context, account, event, lanes[index] ?? '', row.rawReceivedAt, true)
    }
    // It was kept as it came for this moment alone.
    if (hadCards) await dropRawEvent(tx, { id: rawId, receivedAt: row.rawReceivedAt })
    return true
  })
  if (filed)
    context.bus.publish({
      type: 'entries',
      lanes: lanes.filter(Boolean).map((laneId) => ({ laneId, seq: 0 })),
    })
  return filed
}

/** The first of those who replay it; the others wait here for what becomes of it. Rolled back with the entry if that fails. */
async function takeUp(tx: Executor, id: string, now: Date): Promise<boolean> {
  const taken = await maybeOne(
    tx,
    sql`update timeline.unfiled_event set state = 'replayed', changed_at = ${now} where id = ${id} and ${WAITS} returning id`,
  )
  return taken !== undefined
}

/** Counts the failure once, however many tried at the same time. */
async function noteFailure(context: InboundContext, row: Unfiled, reason: string): Promise<void> {
  const wait = RETRY_MS[row.attempts]
  const next = wait === undefined ? null : new Date(context.clock.now().getTime() + wait)
  await rows(
    context.db,
    sql`update timeline.unfiled_event set attempts = attempts + 1, reason = ${reason},
        state = ${next ? 'failed' : 'set-aside'}, next_attempt_at = ${next}, changed_at = ${context.clock.now()}
      where id = ${row.id} and attempts = ${row.attempts} and ${WAITS}`,
  )
}

export interface UnfiledRow extends Omit<Unfiled, 'laneId'> {
  readonly channel: ChannelKind
  readonly channelName: string
  readonly state: 'failed' | 'set-aside'
  readonly reason: string
  readonly bytes: number
}

/** What a person should look at: newest first, at most 100, and how many there are (counted up to 1000). */
export async function listUnfiled(db: Executor): Promise<{ items: UnfiledRow[]; total: number }> {
  const items = await rows(
    db,
    sql<UnfiledRow>`
      select u.id, u.channel_account_id as "channelAccountId", u.raw_id as "rawId", u.raw_received_at as "rawReceivedAt", u.key,
        u.attempts, u.state, u.reason, a.kind as channel, a.name as "channelName", coalesce(octet_length(r.payload), 0) as bytes
      from timeline.unfiled_event u
      join timeline.channel_account a on a.id = u.channel_account_id
      left join timeline.raw_event r on r.received_at = u.raw_received_at and r.id = u.raw_id
      where ${SHOWN} order by u.id desc limit 100`,
  )
  return { items, total: await countUnfiled(db) }
}

/** How many events wait for a person, counted up to 1000. */
export async function countUnfiled(db: Executor): Promise<number> {
  const { count } = await one(
    db,
    sql<{ count: number }>`select count(*)::int as count from (
      select 1 from timeline.unfiled_event u where ${SHOWN} limit 1000) bounded`,
  )
  return count
}

/** Gives an event up. Refuses with `not_found`. */
export async function discardUnfiled(db: Executor, id: string, now: Date): Promise<void> {
  found(
    await maybeOne(
      db,
      sql`update timeline.unfiled_event set state = 'discarded', changed_at = ${now}
        where id = ${id} and ${WAITS} returning id`,
    ),
    'unfiled event',
  )
}
