import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'

export async function updateCodeWord(tx: Executor, lineId: string, hash: string | null): Promise<void> {
  await rows(tx, sql`update lines.line set code_word_hash = ${hash} where id = ${lineId}`)
}

/** The line that has a number now, with the hash of its code word. */
export function selectCodeWord(
  db: Executor,
  msisdn: string,
): Promise<{ id: string; hash: string | null } | undefined> {
  return maybeOne(
    db,
    sql<{ id: string; hash: string | null }>`
      select id, code_word_hash as hash from lines.line where msisdn = ${msisdn} and state <> 'ended'`,
  )
}
