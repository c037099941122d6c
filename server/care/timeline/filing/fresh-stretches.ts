import { type Executor, maybeOne, one, rows, sql } from '../../../platform/database/index.ts'
import type { Lane } from '../lanes/lanes.ts'

/** What a person sent since the lane was last filed, as far as it belongs to one matter. */
export interface Fresh {
  readonly firstSeq: number
  /** When the first of them came that the person wrote by hand and that asks for an answer. */
  readonly askedAt: Date | null
  /** When the last of them was stored. */
  readonly storedAt: Date
  /** The conversation that they provably answer; null: whichever goes on. */
  readonly answers: string | null
}

/**
 * What the person sent since the lane was last filed, in order. In mail several matters of a person go on beside each other, and a
 * mail says which of them it answers: there it is cut where that changes.
 */
export async function readFresh(tx: Executor, lane: Lane): Promise<Fresh[]> {
  return lane.channel === 'email' ? cutByThread(await readThreaded(tx, lane)) : readWhole(tx, lane)
}

async function readWhole(tx: Executor, lane: Lane): Promise<Fresh[]> {
  const { firstSeq, askedAt, storedAt } = await one(
    tx,
    sql<{ firstSeq: number | null; askedAt: Date | null; storedAt: Date | null }>`
      select min(seq) as "firstSeq", max(stored_at) as "storedAt", min(stored_at) filter (where kind = 'message') as "askedAt"
      from timeline.entry where lane_id = ${lane.id} and seq > ${lane.filedSeq} and direction = 'in'`,
  )
  return firstSeq === null || storedAt === null ? [] : [{ firstSeq, askedAt, storedAt, answers: null }]
}

/**
 * The same of a lane of which nothing is known yet but that the statement before this one locks it. Undefined: nothing came, or it is mail,
 * which is cut.
 */
export async function readFreshAhead(tx: Executor, laneId: string): Promise<Fresh | undefined> {
  const read = await maybeOne(
    tx,
    sql<Omit<Fresh, 'answers'>>`
      select min(e.seq) as "firstSeq", max(e.stored_at) as "storedAt", min(e.stored_at) filter (where e.kind = 'message') as "askedAt"
      from timeline.lane l join timeline.entry e on e.lane_id = l.id and e.seq > l.filed_seq and e.direction = 'in'
      where l.id = ${laneId} and l.channel <> 'email' having count(*) > 0`,
  )
  return read && { ...read, answers: null }
}

interface Threaded {
  readonly seq: number
  readonly storedAt: Date
  readonly asks: boolean
  readonly answers: string | null
}

function readThreaded(tx: Executor, lane: Lane): Promise<Threaded[]> {
  return rows(
    tx,
    sql<Threaded>`
      select e.seq, e.stored_at as "storedAt", a.conversation_id as answers,
        e.kind = 'message' and b.body->'mail'->>'machine' is null as asks
      from timeline.entry e
      left join timeline.entry_body b on b.lane_id = e.lane_id and b.seq = e.seq
      left join lateral (
        select s.conversation_id from timeline.segment s
        where s.lane_id = e.lane_id and s.from_seq <= (b.body->'thread'->>'seq')::bigint order by s.from_seq desc limit 1
      ) a on b.body->'thread'->>'laneId' = e.lane_id::text
      where e.lane_id = ${lane.id} and e.seq > ${lane.filedSeq} and e.direction = 'in' order by e.seq`,
  )
}

function cutByThread(entries: readonly Threaded[]): Fresh[] {
  const stretches: Fresh[] = []
  for (const { seq, storedAt, asks, answers } of entries) {
    const last = stretches.at(-1)
    const goesOn = last && (answers === null || last.answers === answers)
    if (goesOn) {
      const askedAt = last.askedAt ?? (asks ? storedAt : null)
      stretches[stretches.length - 1] = { ...last, storedAt, askedAt }
    } else stretches.push({ firstSeq: seq, storedAt, askedAt: asks ? storedAt : null, answers })
  }
  return stretches
}
