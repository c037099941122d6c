import { randomUUID } from 'node:crypto'
import type { Clock } from '../../platform/clock.ts'
import {
  type Db,
  databaseProblem,
  type Executor,
  inTransaction,
  maybeOne,
  rows,
  sql,
} from '../../platform/database/index.ts'
import { type Outgoing, retryDelay, Unavailable } from '../../platform/outgoing/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Vault } from '../../platform/vault/index.ts'
import { openSecret } from './secret.ts'
import { type Payload, signatureOf, WEBHOOK_EVENT_ID, WEBHOOK_SIGNATURE } from './wire.ts'

/** A delivery to a receiver that registered itself at an API. */
export interface Foreign {
  readonly api: string
  readonly clientId: string
  readonly query: string | null
  readonly id: string
  readonly event: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly at: Date
}

/** Writes a body in an API's words; null = the receiver does not want it, or may not have it any more. */
export type WriteBody = (delivery: Foreign) => Promise<unknown>

export interface DeliverDeps {
  /** For receivers that registered themselves. */
  readonly writeBody: WriteBody
  readonly db: Db
  readonly clock: Clock
  readonly vault: Vault
  readonly outgoing: Outgoing
  readonly onDefect: (error: unknown) => void
}

const TIMEOUT_MS = 10_000
/** Longer than any attempt: one whose time is over belongs to a process that died, and is made again. */
const LEASE_MS = 60_000
/** Attempts at one receiver side by side. */
const ABREAST = 8
const RETRY = { baseMs: 5_000, maxMs: 3_600_000 }
const SOONEST_MS = 1_000

interface Claimed {
  readonly id: string
  readonly webhookId: string
  readonly event: string
  readonly payload: Payload
  readonly attempts: number
  readonly createdAt: Date
  readonly giveUpAt: Date
  readonly lease: string
  readonly url: string
  readonly secret: Buffer
  readonly withBodies: boolean
  readonly clientId: string | null
  readonly api: string | null
  readonly query: string | null
}

type Outcome =
  | { readonly ok: true; readonly status: number | null }
  | {
      readonly ok: false
      readonly status: number | null
      readonly reason: string
      readonly retryAfterMs: number | undefined
    }

/** Active webhooks for which something is due. */
export async function findDue(db: Executor, now: Date): Promise<string[]> {
  const due = await rows(
    db,
    sql<{ id: string }>`select w.id from integrations.webhook w where w.active and exists (
      select 1 from integrations.webhook_delivery d where d.webhook_id = w.id and d.state = 'waiting' and d.next_attempt_at <= ${now})`,
  )
  return due.map(({ id }) => id)
}

/** Attempts some of what is due for one webhook. Gives how many. */
export async function deliverSome(deps: DeliverDeps, webhookId: string): Promise<number> {
  const claimed = await claimDeliveries(deps, webhookId)
  await Promise.all(
    claimed.map(async (delivery) => {
      const outcome = await attemptSafely(deps, delivery)
      await inTransaction(deps.db, (tx) => recordOutcome(tx, deps.clock.now(), delivery, outcome))
    }),
  )
  return claimed.length
}

/** The claim is committed before anything leaves; the next attempt's time is the lease. */
function claimDeliveries({ db, clock }: DeliverDeps, webhookId: string): Promise<Claimed[]> {
  const now = clock.now()
  return rows(
    db,
    sql<Claimed>`
      update integrations.webhook_delivery d
      set attempts = attempts + 1, lease = ${randomUUID()}, next_attempt_at = ${new Date(now.getTime() + LEASE_MS)}
      from integrations.webhook w
      where w.id = d.webhook_id and w.active and d.id = any(array(
        select id from integrations.webhook_delivery
        where webhook_id = ${webhookId} and state = 'waiting' and next_attempt_at <= ${now} and payload is not null
        order by next_attempt_at limit ${ABREAST} for update skip locked))
      returning d.id, d.webhook_id as "webhookId", d.event, d.payload, d.attempts, d.created_at as "createdAt",
        coalesce(d.give_up_at, d.created_at) as "giveUpAt", d.lease, w.url, w.secret, w.with_bodies as "withBodies",
        w.client_id as "clientId", w.api, w.query`,
  )
}

/** A defect of ours must not keep a delivery for ever: it counts as a failed attempt. */
async function attemptSafely(deps: DeliverDeps, delivery: Claimed): Promise<Outcome> {
  try {
    return await attempt(deps, delivery)
  } catch (error) {
    if (databaseProblem(error)) throw error
    deps.onDefect(error)
    return { ok: false, status: null, reason: 'defect', retryAfterMs: undefined }
  }
}

async function attempt(deps: DeliverDeps, delivery: Claimed): Promise<Outcome> {
  const { clock, outgoing, vault } = deps
  const written = await bodyOf(deps, delivery)
  // Not what the receiver asked for: there is nothing to tell.
  if (written === null) return { ok: true, status: null }
  const body = JSON.stringify(written)
  try {
    const { status } = await outgoing.request({
      url: delivery.url,
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        [WEBHOOK_EVENT_ID]: delivery.id,
        [WEBHOOK_SIGNATURE]: signatureOf(
          openSecret(vault, delivery.webhookId, delivery.secret),
          body,
          clock.now(),
        ),
      },
      body,
      timeoutMs: TIMEOUT_MS,
      expect: (answered) => answered >= 200 && answered < 300,
    })
    return { ok: true, status }
  } catch (error) {
    if (error instanceof Unavailable) {
      const reason = typeof error.facts.reason === 'string' ? error.facts.reason : 'unavailable'
      return { ok: false, status: error.status ?? null, reason, retryAfterMs: error.retryAfterMs }
    }
    if (error instanceof Refusal)
      return { ok: false, status: null, reason: error.code, retryAfterMs: undefined }
    throw error
  }
}

async function bodyOf({ db, writeBody }: DeliverDeps, delivery: Claimed): Promise<unknown> {
  const { id, event, payload, createdAt, api, clientId, query } = delivery
  if (api !== null && clientId !== null)
    return writeBody({ id, event, payload, at: createdAt, api, clientId, query })
  const words = await wordsOf(db, delivery)
  return { id, event, at: createdAt.toISOString(), data: { ...payload, ...words } }
}

/** The words of the message that it is about, if the webhook may have them and they are still there. */
async function wordsOf(db: Executor, { withBodies, event, payload }: Claimed): Promise<{ body?: unknown }> {
  if (!withBodies || !event.startsWith('message.') || payload.seq === undefined) return {}
  const row = await maybeOne(
    db,
    sql<{
      body: unknown
    }>`select body from timeline.entry_body where lane_id = ${payload.laneId} and seq = ${payload.seq}`,
  )
  return { body: row?.body ?? null }
}

/** Only the attempt that holds the lease decides: one that was taken over, erased or renewed meanwhile does not. */
async function recordOutcome(tx: Executor, now: Date, delivery: Claimed, outcome: Outcome): Promise<void> {
  const { id, lease, webhookId, giveUpAt, attempts } = delivery
  const ours = sql`id = ${id} and lease = ${lease} and state = 'waiting'`
  if (outcome.ok) {
    await rows(
      tx,
      sql`update integrations.webhook_delivery set state = 'delivered', status = ${outcome.status}, reason = null,
          next_attempt_at = null, lease = null where ${ours}`,
    )
    await rows(tx, sql`update integrations.webhook set failing = false where id = ${webhookId} and failing`)
    return
  }
  const wait = Math.max(SOONEST_MS, retryDelay(attempts, RETRY, outcome.retryAfterMs))
  const next = new Date(now.getTime() + wait)
  const tired = next > giveUpAt
  await rows(
    tx,
    sql`update integrations.webhook_delivery set state = ${tired ? 'failed' : 'waiting'}, status = ${outcome.status},
        reason = ${outcome.reason}, next_attempt_at = ${tired ? null : next}, lease = null where ${ours}`,
  )
  if (tired) await rows(tx, sql`update integrations.webhook set failing = true where id = ${webhookId}`)
}
