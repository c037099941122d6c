import type { z } from 'zod'
import type { ErasureReport } from '../../../contracts/privacy.ts'
import { type Executor, rows, sql } from '../../platform/database/index.ts'

/** The record of a destruction. Holds no personal data: counts, who asked, why. */
export interface Report {
  readonly id: string
  readonly requestedAt: Date
  readonly finishedAt: Date | null
  readonly requestedBy: string
  readonly reason: string
  readonly counts: Readonly<Record<string, number>>
}

/** Writes a report; one that goes on is written again with what has come to it. */
export async function writeReport(tx: Executor, report: Report): Promise<void> {
  const { id, requestedAt, finishedAt, requestedBy, reason, counts } = report
  await rows(
    tx,
    sql`insert into audit.erasure (id, requested_at, finished_at, requested_by, reason, counts)
      values (${id}, ${requestedAt}, ${finishedAt}, ${requestedBy}, ${reason}, ${JSON.stringify(counts)})
      on conflict (id) do update set finished_at = excluded.finished_at, counts = excluded.counts`,
  )
}

/** Newest first. */
export function selectReports(db: Executor, below: string | undefined, limit: number): Promise<Report[]> {
  return rows(
    db,
    sql<Report>`select id, requested_at as "requestedAt", finished_at as "finishedAt", requested_by as "requestedBy", reason, counts
      from audit.erasure where ${below === undefined ? sql`true` : sql`id < ${below}`} order by id desc limit ${limit}`,
  )
}

export function presentReport({ requestedAt, finishedAt, ...report }: Report): z.input<typeof ErasureReport> {
  return { ...report, requestedAt: requestedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null }
}
