import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'

/** Renewed well before its end; a node that died is replaced after this long. */
export const LEASE_MS = 30_000

/**
 * Takes or renews the right to run a door: two pollers of one bot would fight.
 * @returns false while another node holds it
 */
export async function holdDoor(
  db: Executor,
  channelAccountId: string,
  node: string,
  now: Date,
): Promise<boolean> {
  const held = await maybeOne(
    db,
    sql<{ held: true }>`
      insert into timeline.door_lease as l (channel_account_id, node, held_until)
      values (${channelAccountId}, ${node}, ${new Date(now.getTime() + LEASE_MS)})
      on conflict (channel_account_id) do update set node = excluded.node, held_until = excluded.held_until
      where l.node = excluded.node or l.held_until < ${now}
      returning true as held`,
  )
  return held !== undefined
}

/** Gives the right back, so that another node need not wait for its end. */
export async function releaseDoor(db: Executor, channelAccountId: string, node: string): Promise<void> {
  await rows(
    db,
    sql`delete from timeline.door_lease where channel_account_id = ${channelAccountId} and node = ${node}`,
  )
}
