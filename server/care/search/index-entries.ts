import type { Clock } from '../../platform/clock.ts'
import {
  commitLazily,
  type Db,
  databaseProblem,
  inTransaction,
  lookUpByKeys,
  one,
  rows,
  sql,
} from '../../platform/database/index.ts'
import { type Loop, startLoop } from '../../platform/loop.ts'

/** Entries taken at a time, in whole notes; a note names one entry or a batch of them. */
const ENTRIES = 2_000
/** Notes looked through for so many; all of them are locked for the moment. */
const NOTES = 250
const POLL_MS = 300
/** For each millisecond of work the indexer rests so many; in a flood it leaves the machine to what people wait for. */
const REST = 1
const FLOOD_REST = 20
/** Nobody looks for what was said a moment ago, and what comes meanwhile is done together. */
const LEAST_REST_MS = 200
/** What waits for this long is waited for by people too: there is no rest then. */
const CALM_LAG_MS = 500

export interface IndexingDeps {
  readonly db: Db
  readonly clock: Clock
  /** People wait for what matters more. */
  readonly flooded: () => boolean
  /** Hears of failures; the database being away is not one. */
  readonly onDefect: (error: unknown) => void
}

/** Makes documents of what was said, and takes them away from what was deleted. */
export function startIndexing({ db, clock, flooded, onDefect }: IndexingDeps): Loop {
  let restMs = 0
  return startLoop({
    work: async () => {
      const started = performance.now()
      const oldest = await indexSome(db)
      if (!oldest) return 0
      const workedMs = performance.now() - started
      const lagMs = clock.now().getTime() - oldest.getTime()
      const wanted = Math.max(LEAST_REST_MS, workedMs * (flooded() ? FLOOD_REST : REST))
      restMs = Math.min(wanted, CALM_LAG_MS - lagMs)
      return 1
    },
    restMs: () => restMs,
    pollMs: POLL_MS,
    onError: (error) => {
      if (!databaseProblem(error)) onDefect(error)
    },
  })
}

/**
 * Takes some notes and makes the documents that they ask for. An edited message is found by its new words too, a deleted one by none that it ever had.
 * @returns when the oldest of them was stored; undefined: nothing waits
 */
async function indexSome(db: Db): Promise<Date | undefined> {
  return inTransaction(db, async (tx) => {
    // Erasure waits for this and keeps it waiting: no document is made of a body that is just being destroyed.
    await rows(tx, sql`select pg_advisory_xact_lock_shared(hashtextextended('search.indexing', 0))`)
    const taken = await rows(
      tx,
      sql<{
        laneIds: string[]
        seqs: number[]
        storedAt: Date
      }>`delete from search.waiting where id = any(array(
          select id from (
            select id, sum(cardinality(lane_ids)) over (order by id) - cardinality(lane_ids) as before
            from (select id, lane_ids from search.waiting order by id limit ${NOTES} for update skip locked) ahead
          ) counted where before < ${ENTRIES}))
        returning lane_ids as "laneIds", seqs, stored_at as "storedAt"`,
    )
    if (taken.length === 0) return undefined
    await commitLazily(tx)
    await lookUpByKeys(tx)
    await rows(
      tx,
      sql`
        with named as (
          -- A message may be named by its own note and by its filing's.
          select e.lane_id, e.seq, e.kind, e.supersedes from (select distinct * from unnest(
            ${taken.flatMap((note) => note.laneIds)}::uuid[], ${taken.flatMap((note) => note.seqs)}::bigint[])) as k(lane_id, seq)
          join timeline.entry e on e.lane_id = k.lane_id and e.seq = k.seq
        ), withdrawn as (
          delete from search.document d using named n
          where n.kind = 'deletion' and d.lane_id = n.lane_id and d.seq in (
            select n.supersedes union all
            select o.seq from timeline.entry o where o.lane_id = n.lane_id and o.supersedes = n.supersedes)
        )
        insert into search.document (lane_id, seq, stored_at, words)
        select b.lane_id, b.seq, b.stored_at,
          -- This one knows both: words in Latin letters are taken as English, all others as Russian.
          to_tsvector('russian', said.words)
        from named n join timeline.entry_body b on b.lane_id = n.lane_id and b.seq = n.seq
        cross join lateral (select left(concat_ws(' ', b.body->'mail'->>'subject', b.body->>'text'), 100000) as words) said
        where n.kind in ('message', 'note', 'edit') and said.words <> '' and not exists (
          select from timeline.entry gone where gone.kind = 'deletion'
            and gone.lane_id = n.lane_id and gone.supersedes = coalesce(n.supersedes, n.seq))
        on conflict (lane_id, seq) do update set words = excluded.words`,
    )
    return new Date(Math.min(...taken.map((note) => note.storedAt.getTime())))
  })
}

/**
 * Age of the oldest entry that search does not know yet, in milliseconds; 0 = it knows all. What comes in is filed first; what could not be
 * filed is told as such.
 */
export async function measureLag(db: Db, now: Date): Promise<number> {
  const { oldest } = await one(
    db,
    sql<{ oldest: Date | null }>`select least(
      (select stored_at from search.waiting order by id limit 1),
      (select stored_at from timeline.arrival where attempts = 0 order by id limit 1)) as oldest`,
  )
  return oldest ? Math.max(0, now.getTime() - oldest.getTime()) : 0
}
