import { type Db, inTransaction, maybeOne, one, rows, sql } from '../database/index.ts'
import { startRepeating } from '../repeat.ts'
import type { Log } from '../telemetry/index.ts'
import { type Beat, watchSilence } from './silence.ts'

/** How often a node says that it lives, and looks whether the others do. */
export const BEAT_MS = 10_000
/** Looks in a row that find a node's last beat again: a minute in which this node was awake and the database answered (decision 0042). */
const SILENT_LOOKS = 6

/** A node's place among those that work on this database. */
export interface Place {
  /** Resolves once the others know of it: before that it takes nothing, for nobody would miss it. */
  readonly known: Promise<void>
  /** Nothing is in hand any more: what is locked all the same is let go. */
  leave(): Promise<void>
}

/**
 * Says again and again that this node lives, and frees the jobs of nodes that do not say so any more.
 * @param id what it locks its jobs with
 */
export function takePlace(db: Db, id: string, { beatMs, log }: { beatMs: number; log: Log }): Place {
  const silence = watchSilence(SILENT_LOOKS)
  const known = beat(db, id)
  let stop: (() => Promise<void>) | undefined
  const begun = known.then(() => {
    stop = startRepeating({
      work: async () => {
        if ((await beat(db, id)).isNew)
          log.warn({ node: id }, 'this node was taken for dead: its jobs may run twice')
        await freeSilent()
      },
      pauseMs: beatMs,
      retry: { baseMs: beatMs, maxMs: beatMs },
      onFailure: async (error, failures) => {
        silence.forget()
        if (failures === 1) log.warn({ err: error }, 'jobs: could not tell that this node lives')
        return undefined
      },
    })
  })
  const freeSilent = async () => {
    for (const silent of silence.look(await others(db, id))) {
      const jobs = await free(db, silent)
      if (jobs !== undefined) log.warn({ node: silent.id, jobs }, 'jobs of a node that died were freed')
    }
  }
  return {
    known: begun,
    leave: async () => {
      await stop?.()
      await rows(
        db,
        sql`with gone as (delete from platform.job_node where id = ${id})
          select graphile_worker.force_unlock_workers(array[${id}::text])`,
      )
    },
  }
}

const beat = (db: Db, id: string): Promise<{ readonly isNew: boolean }> =>
  one(
    db,
    sql<{ isNew: boolean }>`
      insert into platform.job_node as node (id) values (${id})
      on conflict (id) do update set beats = node.beats + 1, beat_at = now() returning xmax = 0 as "isNew"`,
  )

const others = (db: Db, id: string): Promise<Beat[]> =>
  rows(db, sql<Beat>`select id, beats from platform.job_node where id <> ${id} order by id`)

/** Gives how many jobs it held; undefined: it lives after all, or another node was first. */
function free(db: Db, { id, beats }: Beat): Promise<number | undefined> {
  return inTransaction(db, async (tx) => {
    const gone = await maybeOne(
      tx,
      sql`delete from platform.job_node where id = ${id} and beats = ${beats} returning id`,
    )
    if (!gone) return undefined
    const held = await one(
      tx,
      sql<{
        jobs: number
      }>`select count(*) as jobs from graphile_worker._private_jobs where locked_by = ${id}`,
    )
    await rows(tx, sql`select graphile_worker.force_unlock_workers(array[${id}::text])`)
    return held.jobs
  })
}
