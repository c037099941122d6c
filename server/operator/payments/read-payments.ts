import type { MissingReceipt, Refund, TopUp, TopUpTerms } from '../../../contracts/payments.ts'
import type { Executor } from '../../platform/database/index.ts'
import { instantCursor, pageOf, readInstantCursor } from '../../platform/pages.ts'
import type { Page, PageAsk, PaymentRecord, UnknownTopUp } from '../edge/index.ts'
import { readState } from '../lines/index.ts'
import type { PaymentsContext } from './payments-context.ts'
import { selectUnknownRefunds } from './refunds/store.ts'
import { usableMethod } from './saved-methods.ts'
import {
  countOpen,
  type PaymentRow,
  selectMissingReceipts,
  selectPayment,
  selectPayments,
  selectPaymentsAfter,
  selectUnknown,
} from './store.ts'
import { givenToday } from './till.ts'

/** A payment; undefined = there is none of that id. */
export async function findTopUp(db: Executor, id: string): Promise<TopUp | undefined> {
  const row = await selectPayment(db, id)
  return row && presentTopUp(row)
}

export function presentTopUp(row: PaymentRow): TopUp {
  const { id, lineId, kopecks, state, reason, redirectUrl, automatic, createdAt, settledAt } = row
  const { refundedKopecks } = row
  return {
    id,
    lineId,
    amountKopecks: kopecks,
    state,
    reason,
    redirectUrl: state === 'waiting' ? redirectUrl : null,
    automatic,
    startedAt: createdAt.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
    refundedKopecks,
    receipt: receiptOf(row),
  }
}

/** Of what has not come there is none; of what may still come it is on its way. */
function receiptOf(row: PaymentRow): TopUp['receipt'] {
  const { state, receiptTo: to, receiptState, receiptRightedAt } = row
  if (to === null || state === 'failed' || state === 'expired') return null
  if (receiptRightedAt !== null) return { to, state: 'succeeded' }
  if (state === 'succeeded') return receiptState && { to, state: receiptState }
  return { to, state: 'pending' }
}

/** How much may be paid to a line now; undefined = there is no such line. */
export async function readTopUpTerms(
  db: Executor,
  payments: PaymentsContext,
  lineId: string,
): Promise<TopUpTerms | undefined> {
  const { rules, provider, lines } = payments
  const line = await readState(db, lines, lineId)
  if (!line) return undefined
  const given = await givenToday(db, payments, line)
  const method = await usableMethod(db, payments, lineId)
  const left = given.count >= rules.dayMaxCount ? 0 : Math.max(0, rules.dayMaxKopecks - given.kopecks)
  return {
    available: provider !== undefined,
    minKopecks: rules.minKopecks,
    maxKopecks: rules.maxKopecks,
    leftTodayKopecks: left,
    receiptTo: provider?.sendsReceipts ? line.msisdn : null,
    method: method ? { title: method.title, savedAt: method.consentAt.toISOString() } : null,
  }
}

/**
 * Payments of which nobody knows what became, oldest first: for a person with the provider's books.
 * Refuses with `invalid_request` for a cursor that is none.
 */
export async function listUnknownTopUps(
  db: Executor,
  { after, limit }: PageAsk,
): Promise<Page<UnknownTopUp>> {
  const found = await selectUnknown(db, readInstantCursor(after), limit + 1)
  return pageOfPayments(found, limit, (row) => ({
    ...presentTopUp(row),
    providerId: row.providerId,
    heardAt: row.heardAt?.toISOString() ?? null,
  }))
}

const WHY = { failed: 'refused', pending: 'no-answer' } as const

/** Payments whose fiscal receipt nobody has registered, oldest first. Refuses with `invalid_request` for a cursor that is none. */
export async function listMissingReceipts(
  db: Executor,
  { after, limit }: PageAsk,
): Promise<Page<MissingReceipt>> {
  const place = readInstantCursor(after)
  return pageOfPayments(await selectMissingReceipts(db, place, limit + 1), limit, (row) => ({
    topUpId: row.id,
    lineId: row.lineId,
    amountKopecks: row.kopecks,
    paidAt: (row.settledAt ?? row.createdAt).toISOString(),
    to: row.receiptTo ?? '',
    why: row.receiptState === 'failed' || row.receiptState === 'pending' ? WHY[row.receiptState] : 'not-made',
    providerId: row.providerId,
  }))
}

/** A payment as other systems look at it; undefined = there is none of that id. */
export async function findPayment(db: Executor, id: string): Promise<PaymentRecord | undefined> {
  const row = await selectPayment(db, id)
  return row && presentPayment(row)
}

/**
 * Payments of a line, newest first; with `payerId`, those that this person began. Refuses with `invalid_request` for a cursor that is
 * none.
 */
export async function listPayments(
  db: Executor,
  lineId: string,
  { after, limit, payerId }: PageAsk & { readonly payerId?: string | undefined },
): Promise<Page<PaymentRecord>> {
  const before = readInstantCursor(after)
  const found = await selectPayments(db, { lineId, payerId, before }, limit + 1)
  return pageOfPayments(found, limit, presentPayment)
}

/** Everybody's payments, oldest first. Refuses with `invalid_request` for a cursor that is none. */
export async function walkPayments(db: Executor, { after, limit }: PageAsk): Promise<Page<PaymentRecord>> {
  const place = readInstantCursor(after)
  return pageOfPayments(await selectPaymentsAfter(db, place, limit + 1), limit, presentPayment)
}

export const presentPayment = (row: PaymentRow): PaymentRecord => ({
  ...presentTopUp(row),
  // Where to pay is for the person alone.
  redirectUrl: null,
  provider: row.provider,
  providerId: row.providerId,
  received: row.received,
})

/** Refunds of which nobody knows what became, oldest first. Refuses with `invalid_request` for a cursor that is none. */
export async function listUnknownRefunds(db: Executor, { after, limit }: PageAsk): Promise<Page<Refund>> {
  const found = await selectUnknownRefunds(db, readInstantCursor(after), limit + 1)
  return pageOfPayments(found, limit, ({ paymentId, kopecks, createdAt, heardAt, ...row }) => ({
    id: row.id,
    topUpId: paymentId,
    lineId: row.lineId,
    amountKopecks: kopecks,
    state: row.state,
    reason: row.reason,
    providerId: row.providerId,
    startedAt: createdAt.toISOString(),
    heardAt: heardAt?.toISOString() ?? null,
  }))
}

const cursorOf = ({ createdAt, id }: { readonly createdAt: Date; readonly id: string }): string =>
  instantCursor({ at: createdAt, id })

function pageOfPayments<Row extends { readonly id: string; readonly createdAt: Date }, Shown>(
  found: readonly Row[],
  limit: number,
  present: (row: Row) => Shown,
): Page<Shown> {
  const { items, next } = pageOf(found, limit, cursorOf)
  return { items: items.map(present), next }
}

/** How many payments are open, by state: for the watch. */
export const countPayments = countOpen
