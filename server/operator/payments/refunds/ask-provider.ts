import { randomUUID } from 'node:crypto'
import { type Db, databaseProblem, inTransaction } from '../../../platform/database/index.ts'
import { Unavailable } from '../../../platform/outgoing/index.ts'
import { found } from '../../../platform/refusal.ts'
import { settleOrder } from '../../orders/index.ts'
import type { PaymentsContext } from '../payments-context.ts'
import type { PaymentProvider, ProviderSaysNo, RefundReading } from '../provider.ts'
import { stepUnanswered } from '../schedule.ts'
import { selectPayment } from '../store.ts'
import { failRefund, settleRefund } from './settle-refund.ts'
import { changeRefund, claimRefunds, lockRefund, type RefundRow } from './store.ts'

const LEASE_MS = 60_000
const ABREAST = 4

/** Asks the provider for refunds that are due, and about those that it has not ended. Gives how many. */
export async function askAboutRefunds(db: Db, payments: PaymentsContext): Promise<number> {
  const { clock, provider } = payments
  if (!provider) return 0
  const now = clock.now()
  const until = new Date(now.getTime() + LEASE_MS)
  const claimed = await claimRefunds(db, { now, until, lease: randomUUID(), limit: ABREAST })
  await Promise.all(claimed.map((row) => askAbout(db, payments, provider, row)))
  return claimed.length
}

async function askAbout(
  db: Db,
  payments: PaymentsContext,
  provider: PaymentProvider,
  row: RefundRow,
): Promise<void> {
  let answer: RefundReading | ProviderSaysNo | undefined
  try {
    answer = row.provider === provider.name ? await ask(db, provider, row) : undefined
  } catch (error) {
    if (databaseProblem(error)) throw error
    if (!(error instanceof Unavailable)) payments.log.error({ err: error, refundId: row.id }, 'a refund')
    return noteSilence(db, payments, row, error instanceof Unavailable ? error.retryAfterMs : undefined)
  }
  if (answer === undefined) return noteSilence(db, payments, row, undefined)
  if ('no' in answer) return noteNo(db, payments, row, answer)
  await settleRefund(db, payments, answer)
}

/** What is named by the provider is read; what is not yet is asked for, under our name: a repeat is the same refund. */
async function ask(
  db: Db,
  provider: PaymentProvider,
  { id, paymentId, kopecks, providerId }: RefundRow,
): Promise<RefundReading | ProviderSaysNo | undefined> {
  if (providerId !== null) return provider.readRefund(providerId)
  const payment = found(await selectPayment(db, paymentId), 'top-up')
  if (payment.providerId === null) return { no: 'no-payment' }
  const { receiptTo } = payment
  return provider.refund({ id, paymentProviderId: payment.providerId, kopecks, receiptTo })
}

async function noteNo(db: Db, payments: PaymentsContext, { id }: RefundRow, { no }: ProviderSaysNo) {
  await inTransaction(db, async (tx) => {
    const row = await lockRefund(tx, id)
    if (!row || row.settledAt !== null || row.providerId !== null) return
    await failRefund(tx, payments, row, { reason: no })
  })
}

/** Nobody answered: it is asked again, and after a silence a person sees it. Only the attempt that holds the lease decides. */
async function noteSilence(
  db: Db,
  payments: PaymentsContext,
  claimed: RefundRow,
  retryAfterMs: number | undefined,
): Promise<void> {
  const { clock, rules, random = Math.random, orders } = payments
  await inTransaction(db, async (tx) => {
    const row = await lockRefund(tx, claimed.id)
    if (!row || row.lease !== claimed.lease || row.settledAt !== null) return
    const step = stepUnanswered({ ...row, automatic: true }, rules.patience, {
      now: clock.now(),
      random,
      retryAfterMs,
    })
    const isUnknown = step.state === 'unknown'
    await changeRefund(tx, {
      ...row,
      state: isUnknown ? 'unknown' : row.state,
      reason: step.reason,
      nextAt: step.nextAt,
    })
    if (!isUnknown) return
    await settleOrder(tx, orders, { id: row.id, state: 'unknown', reason: { code: 'no-answer', facts: {} } })
  })
}
