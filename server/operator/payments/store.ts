import { ERASED } from '../../../contracts/orders.ts'
import type { TopUpState } from '../../../contracts/payments.ts'
import {
  type Claim,
  claimDue,
  countChanged,
  type Executor,
  maybeOne,
  one,
  rows,
  sql,
} from '../../platform/database/index.ts'
import type { PlaceInTime } from '../../platform/pages.ts'
import type { Received } from '../edge/index.ts'
import type { HeldLine } from '../lines/index.ts'

/** The rule that begins when a payment succeeds, with the words that the owner agreed to. */
export interface Saves {
  readonly belowKopecks: number
  readonly monthlyMaxKopecks: number
  readonly consent: string
  /** The owner who agreed. */
  readonly partyId: string
}

export interface PaymentRow {
  readonly id: string
  readonly lineId: string
  readonly kopecks: number
  readonly state: TopUpState
  readonly automatic: boolean
  readonly payerId: string | null
  readonly saves: Saves | null
  readonly provider: string
  readonly providerId: string | null
  readonly redirectUrl: string | null
  readonly reason: string | null
  readonly attempts: number
  readonly lease: string | null
  readonly heardAt: Date | null
  readonly createdAt: Date
  readonly settledAt: Date | null
  /** As another system told of it; null: it was made through us. */
  readonly received: Received | null
  readonly receiptTo: string | null
  readonly receiptState: 'pending' | 'succeeded' | 'failed' | null
  /** A person issued the receipt that the provider did not register. */
  readonly receiptRightedAt: Date | null
  /** What of it was given back, or is on its way. */
  readonly refundedKopecks: number
}

const COLUMNS = sql`
  id, line_id as "lineId", kopecks, state, automatic, payer_id as "payerId", saves, provider, provider_id as "providerId",
  redirect_url as "redirectUrl", reason, attempts, lease, heard_at as "heardAt", created_at as "createdAt",
  settled_at as "settledAt", received, receipt_to as "receiptTo", receipt_state as "receiptState",
  receipt_righted_at as "receiptRightedAt",
  (select coalesce(sum(r.kopecks), 0)::bigint from payments.refund r
   where r.payment_id = payment.id and r.state <> 'failed') as "refundedKopecks"`

export type NewRow = Pick<
  PaymentRow,
  'id' | 'lineId' | 'kopecks' | 'automatic' | 'payerId' | 'saves' | 'provider' | 'createdAt' | 'receiptTo'
> & { readonly nextAt: Date }

/** Adds a payment; the provider is asked for it at `nextAt`. */
export async function insertPayment(tx: Executor, payment: NewRow): Promise<void> {
  const { id, lineId, kopecks, automatic, payerId, saves, provider, createdAt, receiptTo, nextAt } = payment
  await rows(
    tx,
    sql`insert into payments.payment (id, line_id, kopecks, state, automatic, payer_id, saves, provider, next_at, created_at,
        receipt_to)
      values (${id}, ${lineId}, ${kopecks}, 'created', ${automatic}, ${payerId}, ${saves && JSON.stringify(saves)}, ${provider},
        ${nextAt}, ${createdAt}, ${receiptTo})`,
  )
}

/** Adds a payment that has been made elsewhere. Gives whether there was none of that id. */
export async function insertReceived(
  tx: Executor,
  payment: Pick<PaymentRow, 'id' | 'lineId' | 'kopecks' | 'provider' | 'createdAt'> & {
    readonly received: Received
  },
): Promise<boolean> {
  const { id, lineId, kopecks, provider, createdAt, received } = payment
  const added = await countChanged(
    tx,
    sql`insert into payments.payment (id, line_id, kopecks, state, automatic, provider, created_at, settled_at, received)
      values (${id}, ${lineId}, ${kopecks}, 'succeeded', false, ${provider}, ${createdAt}, ${createdAt}, ${JSON.stringify(received)})
      on conflict (id) do nothing`,
  )
  return added > 0
}

export function selectPayment(db: Executor, id: string): Promise<PaymentRow | undefined> {
  return maybeOne(db, sql<PaymentRow>`select ${COLUMNS} from payments.payment where id = ${id}`)
}

/** The same, locked for the rest of the transaction. Payments are locked before lines. */
export function lockPayment(tx: Executor, id: string): Promise<PaymentRow | undefined> {
  return maybeOne(tx, sql<PaymentRow>`select ${COLUMNS} from payments.payment where id = ${id} for update`)
}

/**
 * Takes payments about which the provider is to be asked now, those that are due longest first; the next time is the lease: one that
 * nobody answered for is taken again. `id`: this one alone, if it has not been asked for and nobody is at it.
 */
export function claimPayments(
  db: Executor,
  { id, ...claim }: Claim & { readonly id?: string },
): Promise<PaymentRow[]> {
  const which = id === undefined ? undefined : sql`id = ${id} and state = 'created' and lease is null`
  return rows(db, sql<PaymentRow>`${claimDue(sql`payments.payment`, claim, which)} returning ${COLUMNS}`)
}

/** Where the receipt goes, told before the provider was asked. Nothing where none is sent. */
export async function directReceipt(tx: Executor, id: string, receiptTo: string): Promise<void> {
  await rows(
    tx,
    sql`update payments.payment set receipt_to = ${receiptTo}
      where id = ${id} and state = 'created' and attempts = 0 and receipt_to is not null`,
  )
}

/** How the registration of a receipt stands, and when it is asked about next. */
export async function changeReceipt(
  tx: Executor,
  { id, receiptState, nextAt }: Pick<PaymentRow, 'id' | 'receiptState'> & { readonly nextAt: Date | null },
): Promise<void> {
  await rows(
    tx,
    sql`update payments.payment set receipt_state = ${receiptState}, next_at = ${nextAt}, lease = null where id = ${id}`,
  )
}

export type PaymentChange = Pick<PaymentRow, 'id' | 'state'> &
  Partial<Pick<PaymentRow, 'providerId' | 'redirectUrl' | 'reason' | 'heardAt' | 'settledAt'>> & {
    readonly nextAt: Date | null
    readonly attempts: number
  }

/** Moves a payment that the caller has locked on. A provider's name that is known stays; what it was leased for is over. */
export async function changePayment(tx: Executor, change: PaymentChange): Promise<void> {
  const { id, state, nextAt, attempts, providerId = null, redirectUrl = null } = change
  const { reason = null, heardAt = null, settledAt = null } = change
  await rows(
    tx,
    sql`update payments.payment set state = ${state}, next_at = ${nextAt}, attempts = ${attempts}, lease = null,
        provider_id = coalesce(provider_id, ${providerId}), redirect_url = coalesce(${redirectUrl}, redirect_url),
        reason = ${reason}, heard_at = coalesce(${heardAt}, heard_at), settled_at = ${settledAt}
      where id = ${id}`,
  )
}

/** A hint came and could not be followed: the provider is asked soon. */
export async function askSoon(db: Executor, provider: string, providerId: string, at: Date): Promise<void> {
  await rows(
    db,
    sql`update payments.payment set next_at = ${at}
      where provider = ${provider} and provider_id = ${providerId} and next_at > ${at}`,
  )
}

export interface Given {
  /** Paid, or on its way. */
  readonly kopecks: number
  /** Begun, whatever became of it. */
  readonly count: number
  readonly automaticKopecks: number
  readonly automaticCount: number
  /** Charges by itself that may succeed yet, whenever they were begun. */
  readonly automaticOpen: number
}

/** What a line was given through us since an instant, and what is on its way; what was paid in elsewhere is not ours to limit. */
export function sumGiven(db: Executor, lineId: string, since: Date): Promise<Given> {
  return one(
    db,
    sql<Given>`
      select coalesce(sum(kopecks) filter (where counts), 0)::bigint as kopecks, count(*) as count,
        coalesce(sum(kopecks) filter (where counts and automatic), 0)::bigint as "automaticKopecks",
        count(*) filter (where automatic) as "automaticCount",
        (select count(*) from payments.payment
          where line_id = ${lineId} and automatic and state in ('created', 'waiting', 'unknown')) as "automaticOpen"
      from (select kopecks, automatic, state not in ('failed', 'expired') as counts
            from payments.payment where line_id = ${lineId} and created_at >= ${since} and received is null) p`,
  )
}

interface OfLine {
  readonly lineId: string
  /** Undefined: whoever began it. */
  readonly payerId: string | undefined
  readonly before: PlaceInTime | undefined
}

/** Payments of a line before a place, newest first. */
export function selectPayments(
  db: Executor,
  { lineId, payerId, before }: OfLine,
  limit: number,
): Promise<PaymentRow[]> {
  return rows(
    db,
    sql<PaymentRow>`select ${COLUMNS} from payments.payment where line_id = ${lineId}
      and ${payerId === undefined ? sql`true` : sql`payer_id = ${payerId}`}
      and ${before ? sql`(created_at, id) < (${before.at}, ${before.id})` : sql`true`}
      order by created_at desc, id desc limit ${limit}`,
  )
}

/** Everybody's payments after a place, oldest first. */
export function selectPaymentsAfter(
  db: Executor,
  after: PlaceInTime | undefined,
  limit: number,
): Promise<PaymentRow[]> {
  return rows(
    db,
    sql<PaymentRow>`select ${COLUMNS} from payments.payment
      where ${after ? sql`(created_at, id) > (${after.at}, ${after.id})` : sql`true`}
      order by created_at, id limit ${limit}`,
  )
}

/** Payments of which nobody knows what became after a place, oldest first. */
export function selectUnknown(
  db: Executor,
  after: PlaceInTime | undefined,
  limit: number,
): Promise<PaymentRow[]> {
  return rows(
    db,
    sql<PaymentRow>`select ${COLUMNS} from payments.payment where state = 'unknown'
      and ${after ? sql`(created_at, id) > (${after.at}, ${after.id})` : sql`true`}
      order by created_at, id limit ${limit}`,
  )
}

/** The receipt is asked about no more and is not registered. */
const MISSING = sql`state = 'succeeded' and receipt_to is not null and next_at is null
  and receipt_state is distinct from 'succeeded' and receipt_righted_at is null`

/** Payments whose receipt nobody has registered after a place, oldest first. */
export function selectMissingReceipts(
  db: Executor,
  after: PlaceInTime | undefined,
  limit: number,
): Promise<PaymentRow[]> {
  return rows(
    db,
    sql<PaymentRow>`select ${COLUMNS} from payments.payment where ${MISSING}
      and ${after ? sql`(created_at, id) > (${after.at}, ${after.id})` : sql`true`}
      order by created_at, id limit ${limit}`,
  )
}

/** Whether a payment's receipt is one of those; it is locked. */
export async function isReceiptMissing(tx: Executor, id: string): Promise<boolean> {
  const missing = await maybeOne(
    tx,
    sql<{ id: string }>`select id from payments.payment where id = ${id} and ${MISSING}`,
  )
  return missing !== undefined
}

/** Notes by whom and how the receipt was issued; the payment is locked. */
export async function markReceiptRighted(
  tx: Executor,
  { id, by, how }: { readonly id: string; readonly by: string; readonly how: string },
  at: Date,
): Promise<void> {
  await rows(
    tx,
    sql`update payments.payment set receipt_righted_at = ${at}, receipt_righted_by = ${by}, receipt_righted_how = ${how}
      where id = ${id}`,
  )
}

/** How many payments are open, by state. */
export function countOpen(
  db: Executor,
): Promise<{ state: 'created' | 'waiting' | 'unknown'; count: number }[]> {
  return rows(
    db,
    sql<{ state: 'created' | 'waiting' | 'unknown'; count: number }>`
      select state, count(*) as count from payments.payment where state in ('created', 'waiting', 'unknown') group by state`,
  )
}

/** What is left of how another system called a payment. */
const NOTHING_TOLD: Received = { reference: null, authorization: null, method: null, channel: null }

type HeldTime = Pick<HeldLine, 'lineId' | 'from' | 'to'>

/** Destroys where payments of ended ones were made, and how other systems called them, each line within its time. Gives how many. */
export function erasePages(tx: Executor, held: readonly HeldTime[]): Promise<number> {
  return countChanged(
    tx,
    sql`
      update payments.payment set redirect_url = null, saves = null, receipt_to = null,
        receipt_righted_how = case when receipt_righted_how is not null then ${ERASED} end,
        -- That it was told of by another system stays: such payments count towards no limit.
        received = case when received is not null then ${JSON.stringify(NOTHING_TOLD)}::jsonb end
      where id = any(array(
        select p.id from payments.payment p
        join unnest(${held.map(({ lineId }) => lineId)}::uuid[], ${held.map(({ from }) => from)}::timestamptz[],
            ${held.map(({ to }) => to)}::timestamptz[]) as held (line_id, since, until)
          on p.line_id = held.line_id and p.created_at >= held.since and (held.until is null or p.created_at < held.until)
        where p.settled_at is not null and (p.redirect_url is not null or p.saves is not null or p.receipt_to is not null
            or p.receipt_righted_how <> ${ERASED}
            or p.received ->> 'method' is not null)
        order by p.id for update of p))`,
  )
}

export interface HeldPayment {
  readonly id: string
  readonly lineId: string
  readonly at: Date
  readonly kopecks: number
  readonly state: TopUpState
  readonly automatic: boolean
  readonly provider: string
  readonly providerId: string | null
  readonly settledAt: Date | null
}

/** Payments of somebody's time on a line, oldest first. */
export function selectHeldPayments(
  db: Executor,
  held: HeldTime & { readonly after: Pick<HeldPayment, 'at' | 'id'> | undefined },
  limit: number,
): Promise<HeldPayment[]> {
  const { lineId, from, to, after } = held
  return rows(
    db,
    sql<HeldPayment>`
      select id, line_id as "lineId", created_at as at, kopecks, state, automatic, provider, provider_id as "providerId",
        settled_at as "settledAt"
      from payments.payment
      where line_id = ${lineId} and created_at >= ${from} and created_at < coalesce(${to}::timestamptz, 'infinity')
        and ${after ? sql`(created_at, id) > (${after.at}, ${after.id})` : sql`true`}
      order by created_at, id limit ${limit}`,
  )
}
