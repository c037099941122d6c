import { type Db, type Executor, maybeOne, one, rows, sql } from '../database/index.ts'
import type { Staged } from './files.ts'

export interface FileRow {
  readonly id: string
  readonly bytes: number
  readonly mediaType: string
}

/** Takes one ownership of the content. Gives the id under which it is kept: an older file's if the content is not new. */
export async function ownContent(tx: Executor, file: Staged, storedAt: Date): Promise<string> {
  const kept = await one(
    tx,
    sql<{ id: string }>`
      insert into platform.file (id, content_hash, bytes, media_type, key_id, owners, stored_at)
      values (${file.id}, ${file.contentHash}, ${file.bytes}, ${file.mediaType}, ${file.keyId}, 1, ${storedAt})
      on conflict (content_hash) do update set owners = file.owners + 1
      returning id`,
  )
  return kept.id
}

/** One owner more or less. Gives whether there is such a file. */
export async function changeOwners(tx: Executor, id: string, by: 1 | -1): Promise<boolean> {
  const changed = await maybeOne(
    tx,
    sql`update platform.file set owners = owners + ${by}::int where id = ${id} returning id`,
  )
  return changed !== undefined
}

export async function findFile(db: Executor, id: string): Promise<FileRow | undefined> {
  return maybeOne(
    db,
    sql<FileRow>`select id, bytes, media_type as "mediaType" from platform.file where id = ${id}`,
  )
}

/** Deletes up to `limit` rows that nobody owns. Gives their ids. */
export async function deleteUnowned(tx: Executor, limit: number): Promise<string[]> {
  const gone = await rows(
    tx,
    sql<{ id: string }>`
      delete from platform.file where owners = 0 and id = any(array(
        select id from platform.file where owners = 0 order by stored_at limit ${limit} for update skip locked))
      returning id`,
  )
  return gone.map(({ id }) => id)
}

/** Which of these are files that are kept. */
export async function knownIds(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const known = await rows(
    db,
    sql<{ id: string }>`select id from platform.file where id = any(${ids}::uuid[])`,
  )
  return new Set(known.map(({ id }) => id))
}

/** Files sealed under another key than this one. Walks the table: rotation is rare. */
export async function idsUnderOtherKeys(db: Db, keyId: string, limit: number): Promise<string[]> {
  const older = await rows(
    db,
    sql<{ id: string }>`select id from platform.file where key_id <> ${keyId} order by id limit ${limit}`,
  )
  return older.map(({ id }) => id)
}

/** Nobody else changes or sweeps the file until the transaction ends. Gives whether it is there. */
export async function lockFile(tx: Executor, id: string): Promise<boolean> {
  const locked = await maybeOne(tx, sql`select id from platform.file where id = ${id} for update`)
  return locked !== undefined
}

export async function setKey(db: Executor, id: string, keyId: string): Promise<void> {
  await rows(db, sql`update platform.file set key_id = ${keyId} where id = ${id}`)
}
