import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'

/** Where a device's push service is knocked at. */
export interface PushTarget {
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
}

/** Of one device: a newer one takes its place. */
export async function savePushTarget(
  tx: Executor,
  sessionId: string,
  { endpoint, keys }: PushTarget,
  at: Date,
): Promise<void> {
  await rows(
    tx,
    sql`insert into my.push_target (session_id, endpoint, p256dh, auth, saved_at)
        values (${sessionId}, ${endpoint}, ${keys.p256dh}, ${keys.auth}, ${at})
        on conflict (session_id) do update
        set endpoint = excluded.endpoint, p256dh = excluded.p256dh, auth = excluded.auth, saved_at = excluded.saved_at`,
  )
}

export async function deletePushTarget(db: Executor, sessionId: string): Promise<void> {
  await rows(db, sql`delete from my.push_target where session_id = ${sessionId}`)
}

/** Where a device is knocked at while its session is open. */
export async function findPushTarget(
  db: Executor,
  sessionId: string,
  now: Date,
): Promise<PushTarget | undefined> {
  const row = await maybeOne(
    db,
    sql<{ endpoint: string; p256dh: string; auth: string }>`
      select t.endpoint, t.p256dh, t.auth from my.push_target t join my.session s on s.id = t.session_id
      where t.session_id = ${sessionId} and s.idle_until > ${now} and s.ends_at > ${now}`,
  )
  return row && { endpoint: row.endpoint, keys: { p256dh: row.p256dh, auth: row.auth } }
}

/** Devices of subscribers that can be knocked at. */
export async function devicesToKnock(
  db: Executor,
  subscriberIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ id: string }>`
      select s.id from my.session s join my.push_target t on t.session_id = s.id
      where s.subscriber_id = any(${[...subscriberIds]}::uuid[]) and s.idle_until > ${now} and s.ends_at > ${now}`,
  )
  return found.map(({ id }) => id)
}
