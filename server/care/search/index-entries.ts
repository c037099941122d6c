import { type Db, databaseProblem, inTransaction, one, rows, sql } from '../../platform/database/index.ts'
import { type Loop, startLoop } from '../../platform/loop.ts'

/** Notes taken at a time; each names a batch of entries. */
const NOTES = 10
const POLL_MS = 300
/** For each millisecond of work the indexer rests so many; in a flood it leaves the machine to what people wait for. */
const REST = 1
const FLOOD_REST = 20
const MAX_REST_MS = 1_500

/** Makes documents of what was said. `flooded`: people wait for what matters more. `onDefect` hears of failures; the database being away is not one. */
export function startIndexing(db: Db, flooded: () => boolean, onDefect: (error: unknown) => void): Loop {
  return startLoop({
    work: async () => {
      const started = performance.now()
      const taken = await indexSome(db)
      if (taken > 0)
        await rest(Math.min(MAX_REST_MS, (performance.now() - started) * (flooded() ? FLOOD_REST : REST)))
      return taken
    },
    pollMs: POLL_MS,
    onError: (error) => {
      if (!databaseProblem(error)) onDefect(error)
    },
  })
}

const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Takes some notes and makes the documents that they ask for. Both languages stand in one vector: an answer in either is
 * found by either. An edited message is found by its new words.
 */
async function indexSome(db: Db): Promise<number> {
  return inTransaction(db, async (tx) => {
    // Erasure waits for this and keeps it waiting: no document is made of a body that is just being destroyed.
    await rows(tx, sql`select pg_advisory_xact_lock_shared(hashtextextended('search.indexing', 0))`)
    const taken = await rows(
      tx,
      sql<{ laneIds: string[]; seqs: number[] }>`delete from search.waiting where id = any(array(
          select id from search.waiting order by id limit ${NOTES} for update skip locked))
        returning lane_ids as "laneIds", seqs`,
    )
    if (taken.length === 0) return 0
    await rows(
      tx,
      sql`
        insert into search.document (lane_id, seq, stored_at, words)
        select b.lane_id, b.seq, b.stored_at,
          to_tsvector('russian', said.words) || to_tsvector('english', said.words)
        -- A message may be named by its own note and by its filing's.
        from (select distinct * from unnest(${taken.flatMap((note) => note.laneIds)}::uuid[],
          ${taken.flatMap((note) => note.seqs)}::bigint[])) as k(lane_id, seq)
        join timeline.entry_body b on b.lane_id = k.lane_id and b.seq = k.seq
        cross join lateral (select left(concat_ws(' ', b.body->'mail'->>'subject', b.body->>'text'), 100000) as words) said
        where b.body->>'type' in ('message', 'note', 'edit') and said.words <> ''
        on conflict (lane_id, seq) do update set words = excluded.words`,
    )
    return taken.length
  })
}

/** Age of the oldest entry that search does not know yet, in milliseconds; 0 = it knows all. */
export async function measureLag(db: Db, now: Date): Promise<number> {
  const { oldest } = await one(
    db,
    sql<{ oldest: Date | null }>`select (select stored_at from search.waiting order by id limit 1) as oldest`,
  )
  return oldest ? Math.max(0, now.getTime() - oldest.getTime()) : 0
}
