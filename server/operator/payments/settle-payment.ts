import { type Db, type Executor, inTransaction } from '../../platform/database/index.ts'
import { creditMoney, type Title } from '../lines/index.ts'
import { settleOrder } from '../orders/index.ts'
import { chargeFailed, chargeSucceeded } from './automatic-outcome.ts'
import { beginAutomatic } from './begin-automatic.ts'
import type { PaymentsContext } from './payments-context.ts'
import type { Reading } from './provider.ts'
import { pauseWaiting, stepWaiting } from './schedule.ts'
import { changePayment, changeReceipt, lockPayment, type PaymentRow } from './store.ts'

const TITLES = {
  paid: { ru: 'Пополнение счёта', en: 'Top-up' },
  automatic: { ru: 'Автопополнение', en: 'Automatic top-up' },
} as const satisfies Record<string, Title>

/** `unknown`: no payment of ours. `mismatch`: it is not what we asked for; nothing is credited, a person looks. */
export type Settled = 'settled' | 'unchanged' | 'unknown' | 'mismatch'

/**
 * Brings a payment to where the provider says that it stands. However often, in whatever order and from however many sides it is told:
 * the line is credited once, and what succeeded stays so. Payment, money, order and what follows are one commit.
 */
export function settlePayment(db: Db, payments: PaymentsContext, reading: Reading): Promise<Settled> {
  return inTransaction(db, async (tx) => {
    const row = reading.id === null ? undefined : await lockPayment(tx, reading.id)
    if (!row || !isNamedSo(row, payments, reading)) return 'unknown'
    if (row.state === 'succeeded') {
      await keepReceipt(tx, payments, row, reading.receipt)
      return 'unchanged'
    }
    if (!isTheSame(row, reading)) return suspect(tx, payments, row)
    switch (reading.state) {
      case 'waiting':
        return keepWaiting(tx, payments, row, reading)
      case 'succeeded':
        return succeed(tx, payments, row, reading)
      case 'failed':
      case 'expired':
        return fail(tx, payments, row, reading)
    }
  })
}

/** Another payment of the shop that bears our name is not the one that we asked for. */
const isNamedSo = (row: PaymentRow, { provider }: PaymentsContext, { providerId }: Reading): boolean =>
  row.provider === provider?.name && (row.providerId ?? providerId) === providerId

const isTheSame = (row: PaymentRow, { kopecks, currency }: Reading): boolean =>
  kopecks === row.kopecks && currency === 'RUB'

async function suspect(tx: Executor, payments: PaymentsContext, row: PaymentRow): Promise<Settled> {
  if (row.state === 'unknown' && row.reason === 'mismatch') return 'mismatch'
  const { clock, log, orders } = payments
  log.error({ paymentId: row.id }, 'the provider tells of another payment than we asked for')
  const heardAt = clock.now()
  await changePayment(tx, {
    id: row.id,
    state: 'unknown',
    reason: 'mismatch',
    nextAt: null,
    attempts: 0,
    heardAt,
  })
  await settleOrder(tx, orders, { id: row.id, state: 'unknown', reason: { code: 'mismatch', facts: {} } })
  return 'mismatch'
}

/** Given up or failed, it does not wait again: only money brings it back. */
async function keepWaiting(
  tx: Executor,
  payments: PaymentsContext,
  row: PaymentRow,
  { providerId, redirectUrl }: Reading,
): Promise<Settled> {
  if (row.settledAt !== null) return 'unchanged'
  const { clock, rules, random = Math.random, orders } = payments
  const now = clock.now()
  const step = stepWaiting(row, rules.patience, now, random)
  const settledAt = step.state === 'expired' ? now : null
  await changePayment(tx, {
    id: row.id,
    ...step,
    providerId,
    redirectUrl,
    attempts: 0,
    heardAt: now,
    settledAt,
  })
  if (settledAt) {
    await settleOrder(tx, orders, {
      id: row.id,
      state: 'refused',
      reason: { code: step.reason ?? '', facts: {} },
    })
  }
  // The person's screen learns where to pay.
  if (row.state !== step.state) await payments.announce(tx, { kind: 'lines-changed', lineIds: [row.lineId] })
  return 'settled'
}

async function succeed(
  tx: Executor,
  payments: PaymentsContext,
  row: PaymentRow,
  reading: Reading,
): Promise<Settled> {
  const { id, lineId, kopecks, provider, automatic, saves } = row
  const { clock, lines, orders } = payments
  const now = clock.now()
  await creditMoney(tx, lines, {
    lineId,
    ref: id,
    kopecks,
    from: `payments:${provider}`,
    category: 'top-up',
    title: automatic ? TITLES.automatic : TITLES.paid,
  })
  await changePayment(tx, {
    id,
    state: 'succeeded',
    nextAt: null,
    attempts: 0,
    providerId: reading.providerId,
    heardAt: now,
    settledAt: now,
  })
  if (automatic) await chargeSucceeded(tx, payments, row)
  if (saves) await beginAutomatic(tx, payments, row, saves, reading.method)
  await keepReceipt(tx, payments, { ...row, settledAt: now }, reading.receipt)
  await settleOrder(tx, orders, { id, state: 'done' })
  return 'settled'
}

/** Receipts are registered within minutes; the register may be away for longer. */
const RECEIPT_MS = 3 * 24 * 3_600_000

/** Keeps how the registration of a settled payment's receipt stands; one that is under way is asked about for three days. */
export async function keepReceipt(
  tx: Executor,
  { clock, log, random = Math.random }: PaymentsContext,
  { id, settledAt }: PaymentRow,
  receipt: Reading['receipt'],
): Promise<void> {
  const now = clock.now()
  const since = settledAt ?? now
  const goesOn = receipt === 'pending' && now.getTime() - since.getTime() < RECEIPT_MS
  if (receipt === 'failed') log.warn({ paymentId: id }, 'the receipt of a payment was not registered')
  const nextAt = goesOn ? new Date(now.getTime() + pauseWaiting({ createdAt: since }, now, random)) : null
  await changeReceipt(tx, { id, receiptState: receipt, nextAt })
}

async function fail(
  tx: Executor,
  payments: PaymentsContext,
  row: PaymentRow,
  { providerId, state, reason }: Reading,
): Promise<Settled> {
  if (row.settledAt !== null) return 'unchanged'
  await failPayment(tx, payments, row, {
    state: state === 'expired' ? 'expired' : 'failed',
    reason,
    providerId,
  })
  return 'settled'
}

/** The payment will not come. For a row that the caller has locked. */
export async function failPayment(
  tx: Executor,
  payments: PaymentsContext,
  row: PaymentRow,
  failure: {
    readonly state: 'failed' | 'expired'
    readonly reason: string | null
    readonly providerId?: string
  },
): Promise<void> {
  const { clock, orders } = payments
  const now = clock.now()
  await changePayment(tx, {
    id: row.id,
    ...failure,
    nextAt: null,
    attempts: row.attempts,
    heardAt: now,
    settledAt: now,
  })
  if (row.automatic) await chargeFailed(tx, payments, row)
  const reason = { code: failure.reason ?? failure.state, facts: {} }
  await settleOrder(tx, orders, { id: row.id, state: 'refused', reason })
}
