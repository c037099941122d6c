import { CompiledQuery } from 'kysely'
import { countChanged, type Executor, rows, sql } from '../database/index.ts'
import { type Batches, inBatches } from '../jobs/index.ts'

/** Who has more to be told than this forgets everything: it is sooner read anew. */
const MOST_TOLD = 10_000
const FORGOTTEN = { atOnce: 20_000 }

// As a text, not put together anew: it is asked for every few requests.
const QUESTION =
  'select snapshot, began, whole, names from platform.changes_since($1::pg_snapshot, $2::uuid, $3::int)'

interface Told {
  readonly snapshot: string
  readonly began: string | null
  readonly whole: boolean
  readonly names: string | null
}

/** Up to where one knows everything; the next question begins here. */
export interface Seen {
  /** What was visible: PostgreSQL's `pg_snapshot`, as text. */
  readonly snapshot: string
  /** Since which beginning of the table; null: there was none. */
  readonly began: string | null
}

export interface Changes {
  readonly seen: Seen
  /** Names of what was changed since; undefined: nobody knows them all any more. */
  readonly names: readonly string[] | undefined
}

/**
 * What was committed since: all that is visible to this statement and was not then. The number of a transaction alone would
 * not do, for they commit in another order than they begin (PostgreSQL, "Transaction ID and Snapshot Information Functions").
 */
export async function readChanges(db: Executor, seen: Seen | undefined): Promise<Changes> {
  const { rows: found } = await db.executeQuery<Told>(
    CompiledQuery.raw(QUESTION, [seen?.snapshot ?? null, seen?.began ?? null, MOST_TOLD]),
  )
  const [told] = found
  if (!told) throw new Error('nothing was told of changes')
  const { snapshot, began, whole, names } = told
  return { seen: { snapshot, began }, names: whole ? (names?.split(' ') ?? []) : undefined }
}

/** Tells, when the transaction commits, that what is kept under these names is right no more. For what no trigger tells of. */
export async function tellChanged(tx: Executor, names: readonly string[]): Promise<void> {
  await rows(tx, sql`insert into platform.change (name) select * from unnest(${[...names]}::text[])`)
}

/**
 * Forgets changes that all have been told of who asked since the time before last; who has not asked for so long will keep nothing. For a
 * job that runs every minute; the horizon never goes back, whoever else moves it. Gives how many.
 */
export async function forgetChanges(db: Executor, batches: Batches = FORGOTTEN): Promise<number> {
  // By itself: what is below it may be gone, and need not be at once. A backlog is deleted in pieces, by several runs if it is long.
  await rows(
    db,
    sql`insert into platform.change_horizon as h (since, next)
        select pg_snapshot_xmin(now), pg_snapshot_xmin(now) from pg_current_snapshot() as now
      on conflict (one) do update set since = h.next, next = greatest(h.next, pg_snapshot_xmin(pg_current_snapshot()))`,
  )
  return inBatches(
    (limit) =>
      countChanged(
        db,
        sql`delete from platform.change where ctid = any(array(
          select ctid from platform.change where transaction < (select since from platform.change_horizon)
          order by transaction limit ${limit} for update skip locked))`,
      ),
    batches,
  )
}
