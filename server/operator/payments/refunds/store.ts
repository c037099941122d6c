import {
  type Claim,
  claimDue,
  type Executor,
  maybeOne,
  one,
  rows,
  sql,
} from '../../../platform/database/index.ts'
import type { PlaceInTime } from '../../../platform/pages.ts'

export type RefundState = 'created' | 'waiting' | 'succeeded' | 'failed' | 'unknown'

export interface RefundRow {
  readonly id: string
  readonly paymentId: string
  readonly lineId: string
  readonly kopecks: number
  readonly state: RefundState
  readonly provider: string
  readonly providerId: string | null
  readonly reason: string | null
  readonly attempts: number
  readonly lease: string | null
  readonly heardAt: Date | null
  readonly createdAt: Date
  readonly settledAt: Date | null
}

const COLUMNS = sql`
  id, payment_id as "paymentId", line_id as "lineId", kopecks, state, provider, provider_id as "providerId", reason, attempts, lease,
  heard_at as "heardAt", created_at as "createdAt", settled_at as "settledAt"`

/** Adds a refund; the provider is asked for it at once. */
export async function insertRefund(
  tx: Executor,
  refund: Pick<RefundRow, 'id' | 'paymentId' | 'lineId' | 'kopecks' | 'provider' | 'createdAt'>,
): Promise<void> {
  const { id, paymentId, lineId, kopecks, provider, createdAt } = refund
  await rows(
    tx,
    sql`insert into payments.refund (id, payment_id, line_id, kopecks, state, provider, next_at, created_at)
      values (${id}, ${paymentId}, ${lineId}, ${kopecks}, 'created', ${provider}, ${createdAt}, ${createdAt})`,
  )
}

/** A refund, locked for the rest of the transaction. Refunds are locked before lines. */
export function lockRefund(tx: Executor, id: string): Promise<RefundRow | undefined> {
  return maybeOne(tx, sql<RefundRow>`select ${COLUMNS} from payments.refund where id = ${id} for update`)
}

/** What of a payment was given back or is on its way there, in kopecks. */
export async function sumRefunded(db: Executor, paymentId: string): Promise<number> {
  const { kopecks } = await one(
    db,
    sql<{ kopecks: number }>`select coalesce(sum(kopecks), 0)::bigint as kopecks from payments.refund
      where payment_id = ${paymentId} and state <> 'failed'`,
  )
  return kopecks
}

/** Takes refunds about which the provider is to be asked now; the next time is the lease. */
export const claimRefunds = (db: Executor, claim: Claim): Promise<RefundRow[]> =>
  rows(db, sql<RefundRow>`${claimDue(sql`payments.refund`, claim)} returning ${COLUMNS}`)

export type RefundChange = Pick<RefundRow, 'id' | 'state' | 'attempts'> &
  Partial<Pick<RefundRow, 'providerId' | 'reason' | 'heardAt' | 'settledAt'>> & {
    readonly nextAt: Date | null
  }

/** Moves a refund that the caller has locked on. A provider's name that is known stays; what it was leased for is over. */
export async function changeRefund(tx: Executor, change: RefundChange): Promise<void> {
  const {
    id,
    state,
    attempts,
    nextAt,
    providerId = null,
    reason = null,
    heardAt = null,
    settledAt = null,
  } = change
  await rows(
    tx,
    sql`update payments.refund set state = ${state}, attempts = ${attempts}, next_at = ${nextAt}, lease = null,
        provider_id = coalesce(provider_id, ${providerId}), reason = ${reason}, heard_at = coalesce(${heardAt}, heard_at),
        settled_at = ${settledAt}
      where id = ${id}`,
  )
}

/** Refunds of which nobody knows what became after a place, oldest first. */
export function selectUnknownRefunds(
  db: Executor,
  after: PlaceInTime | undefined,
  limit: number,
): Promise<RefundRow[]> {
  return rows(
    db,
    sql<RefundRow>`select ${COLUMNS} from payments.refund where state = 'unknown'
      and ${after ? sql`(created_at, id) > (${after.at}, ${after.id})` : sql`true`}
      order by created_at, id limit ${limit}`,
  )
}
