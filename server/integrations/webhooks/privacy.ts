import { countChanged, type Executor, sql } from '../../platform/database/index.ts'

interface LaneStretch {
  readonly laneId: string
  readonly from: Date | null
  readonly to: Date | null
}

/** Destroys what was to be told of these stretches of lanes; what still waited is not told any more. Gives how many. */
export function erasePayloads(tx: Executor, stretches: readonly LaneStretch[]): Promise<number> {
  return countChanged(
    tx,
    sql`update integrations.webhook_delivery d set payload = null, next_attempt_at = null,
        reason = case when d.state = 'waiting' then 'erased' else d.reason end,
        state = case when d.state = 'waiting' then 'failed' else d.state end
      from unnest(${stretches.map((one) => one.laneId)}::uuid[], ${stretches.map((one) => one.from)}::timestamptz[],
        ${stretches.map((one) => one.to)}::timestamptz[]) as s(lane_id, since, until)
      where d.lane_id = s.lane_id and d.payload is not null
        and (s.since is null or d.created_at >= s.since) and (s.until is null or d.created_at < s.until)`,
  )
}

/** Deletes the oldest of the log from before an instant, at most `limit`: what still waits then is a paused webhook's. Gives how many. */
export function eraseOldDeliveries(tx: Executor, before: Date, limit: number): Promise<number> {
  return countChanged(
    tx,
    sql`delete from integrations.webhook_delivery where id = any(array(
      select id from integrations.webhook_delivery where created_at < ${before} order by created_at limit ${limit}))`,
  )
}
