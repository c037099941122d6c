import type { Entry } from '../../../../contracts/entries.ts'
import { type Db, databaseProblem } from '../../../platform/database/index.ts'
import type { Log } from '../../../platform/telemetry/index.ts'
import { type EntryRow, maskedBody, presentEntries } from '../reading/present-entries.ts'
import { readEntriesBySeq, readLaneForwards } from '../reading/read-entries.ts'
import type { LaneNews } from './notices.ts'

/** Somebody who follows a lane from a seq on. `tell` gets every later entry once, in order. */
export interface Follower {
  readonly laneId: string
  /** Entries up to here are none of its business: they were said before the lane was this person's. */
  readonly from: number
  /** Up to where it has been told. */
  seq: number
  tell(entries: readonly Entry[]): void
  /** Too far behind to be told one by one. */
  resync(): void
}

/** Further behind than this a screen refetches. */
const FAR_BEHIND = 500

export interface LaneFeed {
  follow(follower: Follower): () => void
  /** Handles a notice: followers that have all before it are told from memory, others from the database. */
  news(news: LaneNews): void
  /** Lanes that somebody follows. */
  readonly lanes: ReadonlySet<string>
  /** Tells followers what they lack, whatever notices were lost. */
  catchUp(laneId: string, lastSeq: number): void
}

/** Followers of lanes on this node: however many follow a lane, one read serves them all. */
export function createLaneFeed(db: Db, log: Log): LaneFeed {
  const followers = new Map<string, Set<Follower>>()
  const reading = new Map<string, Promise<void>>()
  const lanes = new Set<string>()

  const tellFromDatabase = async (laneId: string) => {
    const behind = [...(followers.get(laneId) ?? [])]
    const after = Math.min(...behind.map((one) => one.seq))
    if (!Number.isFinite(after)) return
    const entries = await presentEntries(db, await readLaneForwards(db, laneId, after, FAR_BEHIND))
    for (const follower of behind) tellAfter(follower, entries)
    if (entries.length === FAR_BEHIND) for (const follower of behind) follower.resync()
  }
  const read = (laneId: string) => {
    // One read at a time a lane; news that come meanwhile are found by the next.
    const next = (reading.get(laneId) ?? Promise.resolve())
      .then(() => tellFromDatabase(laneId))
      .catch((error: unknown) => {
        if (!databaseProblem(error)) log.error({ err: error, laneId }, 'lane feed')
      })
      .finally(() => {
        if (reading.get(laneId) === next) reading.delete(laneId)
      })
    reading.set(laneId, next)
  }
  const retell = async (laneId: string, seq: number) => {
    const entries = await presentEntries(db, await readEntriesBySeq(db, laneId, [seq]))
    for (const follower of followers.get(laneId) ?? []) if (seq > follower.from) follower.tell(entries)
  }

  return {
    lanes,
    follow: (follower) => {
      const others = followers.get(follower.laneId) ?? new Set()
      followers.set(follower.laneId, others.add(follower))
      lanes.add(follower.laneId)
      read(follower.laneId)
      return () => {
        // Once only: a second call must not take the lane from who has come since.
        if (!others.delete(follower) || others.size > 0) return
        followers.delete(follower.laneId)
        lanes.delete(follower.laneId)
      }
    },
    news: ({ laneId, seq, entry, shown, changed }) => {
      const following = followers.get(laneId)
      if (!following) return
      const ready = [...following].filter((one) => entry && one.seq === seq - 1)
      if (entry && ready.length > 0) tellFromMemory(ready, entry, shown)
      const known = seq > 0 && [...following].every((one) => one.seq >= seq)
      // News of what was read meanwhile, by a notice that came late, is none.
      if (!known) read(laneId)
      else if (changed)
        void retell(laneId, seq).catch((error: unknown) => log.error({ err: error }, 'lane feed'))
    },
    catchUp: (laneId, lastSeq) => {
      if ([...(followers.get(laneId) ?? [])].some((one) => one.seq < lastSeq)) read(laneId)
    },
  }
}

function tellAfter(follower: Follower, entries: readonly Entry[]): void {
  const fresh = entries.filter((entry) => entry.seq > follower.seq)
  const last = fresh.at(-1)
  if (!last) return
  follower.seq = last.seq
  follower.tell(fresh)
}

function tellFromMemory(
  followers: readonly Follower[],
  row: EntryRow,
  { conversationId = null, delivery = null }: LaneNews['shown'] = {},
): void {
  const entry: Entry = {
    laneId: row.laneId,
    seq: row.seq,
    kind: row.kind,
    direction: row.direction,
    channel: row.channel,
    author: { kind: row.authorKind, id: row.authorId, name: null },
    body: maskedBody(row.body),
    attachments: [],
    supersedes: row.supersedes,
    providerAt: row.providerAt?.toISOString() ?? null,
    receivedAt: row.receivedAt.toISOString(),
    storedAt: row.storedAt.toISOString(),
    late: row.late,
    conversationId,
    delivery,
  }
  for (const follower of followers) {
    follower.seq = row.seq
    follower.tell([entry])
  }
}
