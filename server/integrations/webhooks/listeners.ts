import type { WebhookEvent } from '../../../contracts/integrations.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Db, type Executor, rows, sql } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { type OutsideEvent, payloadOf } from './wire.ts'

interface Listener {
  readonly id: string
  readonly events: readonly WebhookEvent[]
}

/** How long other nodes may not know of a new webhook. */
const REFRESH_MS = 5_000
/** How long a receiver may be away before a delivery is given up. */
export const GIVE_UP_MS = 24 * 3_600_000

/** Who wants to know what, remembered by this process, so that nobody asks the database when nobody listens. */
export interface Listeners {
  hears(event: WebhookEvent): boolean
  tell(tx: Executor, events: readonly OutsideEvent[]): Promise<void>
  /** Looks now rather than within five seconds. */
  refresh(): Promise<void>
  stop(): void
}

export async function createListeners(
  db: Db,
  clock: Clock,
  onError: (error: unknown) => void,
): Promise<Listeners> {
  let listeners: readonly Listener[] = []
  let heard = new Set<WebhookEvent>()
  const refresh = async () => {
    listeners = await rows(db, sql<Listener>`select id, events from integrations.webhook where active`)
    heard = new Set(listeners.flatMap((one) => one.events))
  }
  await refresh()
  const timer = setInterval(() => refresh().catch(onError), REFRESH_MS)
  timer.unref()
  return {
    hears: (event) => heard.has(event),
    tell: async (tx, events) => {
      const wanted = events.flatMap((event) =>
        listeners
          .filter((one) => one.events.includes(event.event))
          .map(({ id }) => ({ webhookId: id, event })),
      )
      if (wanted.length > 0) await insertDeliveries(tx, clock, wanted)
    },
    refresh,
    stop: () => clearInterval(timer),
  }
}

interface Wanted {
  readonly webhookId: string
  readonly event: OutsideEvent
}

/** One row each, if the webhook is still there and active. */
async function insertDeliveries(tx: Executor, clock: Clock, wanted: readonly Wanted[]): Promise<void> {
  const now = clock.now()
  await rows(
    tx,
    sql`insert into integrations.webhook_delivery
        (id, webhook_id, event, lane_id, payload, state, created_at, next_attempt_at, give_up_at)
      select d.id, w.id, d.event, d.lane_id, d.payload::jsonb, 'waiting', ${now}, ${now}, ${new Date(now.getTime() + GIVE_UP_MS)}
      from unnest(${wanted.map(() => newId(clock))}::uuid[], ${wanted.map((one) => one.webhookId)}::uuid[],
        ${wanted.map((one) => one.event.event)}::text[], ${wanted.map((one) => one.event.laneId)}::uuid[],
        ${wanted.map((one) => JSON.stringify(payloadOf(one.event)))}::text[]) as d(id, webhook_id, event, lane_id, payload)
      join integrations.webhook w on w.id = d.webhook_id and w.active`,
  )
}
