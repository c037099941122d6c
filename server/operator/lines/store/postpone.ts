import { type Executor, rows, sql } from '../../../platform/database/index.ts'

/** The rating job could not age the line and looks at it not before `until`; until then nobody takes its due time for what falls due. */
export async function postpone(db: Executor, lineId: string, until: Date): Promise<void> {
  await rows(
    db,
    sql`update lines.line set due_at = ${until}, set_aside = true where id = ${lineId} and due_at < ${until}`,
  )
}

/** Money came to lines: the rating job tries at once what waits for it. */
export async function wake(tx: Executor, lineIds: readonly string[], now: Date): Promise<void> {
  await rows(
    tx,
    sql`update lines.line set retry_at = ${now}, due_at = least(due_at, ${now})
        where id = any(array(select id from lines.line where id = any(${[...lineIds]}::uuid[]) and state <> 'ended' order by id for update))`,
  )
}
