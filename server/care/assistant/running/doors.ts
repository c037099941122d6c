import type { Clock } from '../../../platform/clock.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'

export interface AssistantDoor {
  readonly channelAccountId: string
  readonly on: boolean
  readonly changedAt: Date
  readonly changedBy: string
}

/** Doors at which somebody has decided; at the others the assistant does not answer. At most 500. */
export function listAssistantDoors(db: Executor): Promise<AssistantDoor[]> {
  return rows(
    db,
    sql<AssistantDoor>`select channel_account_id as "channelAccountId", is_on as "on", changed_at as "changedAt", changed_by as "changedBy"
      from assistant.door order by channel_account_id limit 500`,
  )
}

/** Lets the assistant answer at a door, or no more. */
export async function setAssistantDoor(
  tx: Executor,
  clock: Clock,
  {
    channelAccountId,
    on,
    by,
  }: { readonly channelAccountId: string; readonly on: boolean; readonly by: string },
): Promise<void> {
  await rows(
    tx,
    sql`insert into assistant.door (channel_account_id, is_on, changed_at, changed_by)
      values (${channelAccountId}, ${on}, ${clock.now()}, ${by})
      on conflict (channel_account_id) do update set is_on = excluded.is_on, changed_at = excluded.changed_at,
        changed_by = excluded.changed_by`,
  )
}
