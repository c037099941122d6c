import type { WebhookEvent } from '../../../contracts/integrations.ts'
import {
  countChanged,
  type Executor,
  maybeOne,
  one,
  type RawSql,
  rows,
  sql,
} from '../../platform/database/index.ts'

export interface WebhookRow {
  readonly id: string
  readonly url: string
  readonly events: WebhookEvent[]
  readonly active: boolean
  readonly withBodies: boolean
  readonly failing: boolean
  readonly createdAt: Date
}

const WEBHOOK = sql`id, url, events, active, with_bodies as "withBodies", failing, created_at as "createdAt"`

/** Newest first, at most 200. */
export function selectWebhooks(db: Executor): Promise<WebhookRow[]> {
  return rows(db, sql<WebhookRow>`select ${WEBHOOK} from integrations.webhook order by id desc limit 200`)
}

export function insertWebhook(
  tx: Executor,
  webhook: Pick<WebhookRow, 'id' | 'url' | 'events' | 'withBodies' | 'createdAt'> & {
    readonly secret: Buffer
  },
): Promise<WebhookRow> {
  const { id, url, events, withBodies, createdAt, secret } = webhook
  return one(
    tx,
    sql<WebhookRow>`insert into integrations.webhook (id, url, secret, events, with_bodies, created_at)
      values (${id}, ${url}, ${secret}, ${events}, ${withBodies}, ${createdAt}) returning ${WEBHOOK}`,
  )
}

/** Locks the row for the rest of the transaction. */
export function lockWebhook(tx: Executor, id: string): Promise<WebhookRow | undefined> {
  return maybeOne(
    tx,
    sql<WebhookRow>`select ${WEBHOOK} from integrations.webhook where id = ${id} for update`,
  )
}

export function updateWebhook(
  tx: Executor,
  { id, url, events, active, withBodies }: WebhookRow,
): Promise<WebhookRow> {
  return one(
    tx,
    sql<WebhookRow>`update integrations.webhook
      set url = ${url}, events = ${events}, active = ${active}, with_bodies = ${withBodies}, failing = false
      where id = ${id} returning ${WEBHOOK}`,
  )
}

/** What waits for a paused webhook rests; resumed, it is due at once and has its whole time again. */
export async function restOrResume(
  tx: Executor,
  webhookId: string,
  due: { at: Date; giveUpAt: Date } | null,
) {
  const step: RawSql = due
    ? sql`next_attempt_at = ${due.at}, give_up_at = ${due.giveUpAt}`
    : sql`next_attempt_at = null`
  await rows(
    tx,
    sql`update integrations.webhook_delivery set ${step} where webhook_id = ${webhookId} and state = 'waiting'`,
  )
}

export function deleteWebhook(tx: Executor, id: string): Promise<WebhookRow | undefined> {
  return maybeOne(tx, sql<WebhookRow>`delete from integrations.webhook where id = ${id} returning ${WEBHOOK}`)
}

/** The signing secrets as they are kept, of all webhooks. */
export function sealedSecrets(db: Executor): Promise<{ id: string; sealed: Buffer }[]> {
  return rows(
    db,
    sql<{ id: string; sealed: Buffer }>`select id, secret as sealed from integrations.webhook order by id`,
  )
}

/** Replaces a sealed secret unless it has changed since it was read. Gives how many rows changed. */
export function swapSecret(db: Executor, id: string, old: Buffer, fresh: Buffer): Promise<number> {
  return countChanged(
    db,
    sql`update integrations.webhook set secret = ${fresh} where id = ${id} and secret = ${old}`,
  )
}

export interface DeliveryRow {
  readonly id: string
  readonly webhookId: string
  readonly event: WebhookEvent
  readonly state: 'waiting' | 'delivered' | 'failed'
  readonly attempts: number
  readonly status: number | null
  readonly reason: string | null
  readonly createdAt: Date
  readonly nextAttemptAt: Date | null
}

/** The log of a webhook, newest first. */
export function selectDeliveries(
  db: Executor,
  webhookId: string,
  below: string | undefined,
  limit: number,
): Promise<DeliveryRow[]> {
  return rows(
    db,
    sql<DeliveryRow>`select id, webhook_id as "webhookId", event, state, attempts, status, reason, created_at as "createdAt",
        next_attempt_at as "nextAttemptAt"
      from integrations.webhook_delivery
      where webhook_id = ${webhookId} and ${below === undefined ? sql`true` : sql`id < ${below}`} order by id desc limit ${limit}`,
  )
}

/** Makes a delivery due once more, with its whole time. Gives whether there is one whose payload is still there. */
export async function renewDelivery(tx: Executor, id: string, at: Date, giveUpAt: Date): Promise<boolean> {
  const renewed = await maybeOne(
    tx,
    sql`update integrations.webhook_delivery set state = 'waiting', attempts = 0, next_attempt_at = ${at}, give_up_at = ${giveUpAt},
        reason = null, lease = null
      where id = ${id} and payload is not null returning id`,
  )
  return renewed !== undefined
}

/** Attempts after which a receiver is not merely starting anew: the fourth comes about a minute after the event. */
const LATE_ATTEMPTS = 4

/** How many deliveries have been refused or lost again and again and are still tried, counted up to 1000. */
export async function countLateDeliveries(db: Executor): Promise<number> {
  const { count } = await one(
    db,
    sql<{ count: number }>`select count(*)::int as count from (
      select from integrations.webhook w join integrations.webhook_delivery d on d.webhook_id = w.id
      where w.active and d.state = 'waiting' and d.attempts >= ${LATE_ATTEMPTS} limit 1000) bounded`,
  )
  return count
}
