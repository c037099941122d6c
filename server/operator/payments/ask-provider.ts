import { randomUUID } from 'node:crypto'
import { type Db, databaseProblem, inTransaction } from '../../platform/database/index.ts'
import { Unavailable } from '../../platform/outgoing/index.ts'
import { settleOrder } from '../orders/index.ts'
import type { PaymentsContext } from './payments-context.ts'
import { type PaymentProvider, type ProviderSaysNo, type Reading, saysNo } from './provider.ts'
import { tokenOf, usableMethod } from './saved-methods.ts'
import { stepUnanswered } from './schedule.ts'
import { failPayment, keepReceipt, settlePayment } from './settle-payment.ts'
import { changePayment, claimPayments, lockPayment, type PaymentRow } from './store.ts'

/** Longer than any request: one whose time is over belongs to a process that died, and is made again. */
const LEASE_MS = 60_000
/** Payments asked about side by side. */
const ABREAST = 8

/** Asks the provider about payments that are due. Gives how many. */
export async function askAboutSome(db: Db, payments: PaymentsContext): Promise<number> {
  const claimed = await claim(db, payments, ABREAST)
  await Promise.all(claimed.map((row) => askAbout(db, payments, row)))
  return claimed.length
}

/** Asks for one payment now, unless somebody does or has: the person who began it waits for where to pay. */
export async function askAboutOne(db: Db, payments: PaymentsContext, id: string): Promise<void> {
  const [row] = await claim(db, payments, 1, id)
  if (row) await askAbout(db, payments, row)
}

/** The claim is committed before anything leaves. */
function claim(
  db: Db,
  { clock, provider }: PaymentsContext,
  limit: number,
  id?: string,
): Promise<PaymentRow[]> {
  if (!provider) return Promise.resolve([])
  const now = clock.now()
  const until = new Date(now.getTime() + LEASE_MS)
  return claimPayments(db, { now, until, lease: randomUUID(), limit, ...(id !== undefined && { id }) })
}

async function askAbout(db: Db, payments: PaymentsContext, row: PaymentRow): Promise<void> {
  const { provider } = payments
  if (!provider || row.provider !== provider.name) return noteSilence(db, payments, row, undefined)
  let answer: Reading | ProviderSaysNo | undefined
  try {
    answer = await ask(db, payments, provider, row)
  } catch (error) {
    if (databaseProblem(error)) throw error
    // A defect of ours must not keep a payment for ever: it counts as no answer, and ends as `unknown` before a person.
    if (!(error instanceof Unavailable)) {
      payments.log.error({ err: error, paymentId: row.id }, 'a payment')
      return noteSilence(db, payments, row, undefined)
    }
    const { facts, status, retryAfterMs } = error
    payments.log.warn(
      { paymentId: row.id, status, reason: facts.reason },
      'the payment provider did not answer',
    )
    return noteSilence(db, payments, row, retryAfterMs)
  }
  // It told us of the payment once and does not know it now: nothing that a machine should decide.
  if (answer === undefined) return noteSilence(db, payments, row, undefined)
  if (saysNo(answer)) return noteNo(db, payments, row, answer)
  const settled = await settlePayment(db, payments, answer)
  if (settled === 'mismatch' || settled === 'unknown') payments.count(settled)
}

/** What is named by the provider is read; what is not yet is asked for, under our name: a repeat is the same payment. */
async function ask(
  db: Db,
  payments: PaymentsContext,
  provider: PaymentProvider,
  { id, lineId, kopecks, automatic, providerId, saves, receiptTo }: PaymentRow,
): Promise<Reading | ProviderSaysNo | undefined> {
  if (providerId !== null) return provider.read(providerId)
  if (!automatic) {
    const returnUrl = `${payments.publicUrl}/my/finance/top-up/${id}`
    return provider.create({ id, kopecks, returnUrl, saves: saves !== null, receiptTo })
  }
  const method = await usableMethod(db, payments, lineId)
  if (!method) return { no: 'no-method' }
  return provider.charge({ id, kopecks, token: tokenOf(payments, method), receiptTo })
}

/** The provider will not make it, and has not. */
async function noteNo(db: Db, payments: PaymentsContext, { id }: PaymentRow, { no }: ProviderSaysNo) {
  await inTransaction(db, async (tx) => {
    const row = await lockPayment(tx, id)
    if (!row || row.settledAt !== null || row.providerId !== null) return
    await failPayment(tx, payments, row, { state: 'failed', reason: no })
  })
}

/** Only the attempt that holds the lease decides: what was heard meanwhile from elsewhere counts more. */
async function noteSilence(
  db: Db,
  payments: PaymentsContext,
  claimed: PaymentRow,
  retryAfterMs: number | undefined,
): Promise<void> {
  const { clock, rules, random = Math.random, orders } = payments
  await inTransaction(db, async (tx) => {
    const row = await lockPayment(tx, claimed.id)
    if (!row || row.lease !== claimed.lease) return
    if (row.settledAt !== null) return keepReceipt(tx, payments, row, row.receiptState)
    const now = clock.now()
    const step = stepUnanswered(row, rules.patience, { now, random, retryAfterMs })
    if (step.state === 'expired')
      return failPayment(tx, payments, row, { state: 'expired', reason: step.reason })
    await changePayment(tx, { id: row.id, ...step, attempts: row.attempts })
    if (step.state !== 'unknown') return
    await settleOrder(tx, orders, { id: row.id, state: 'unknown', reason: { code: 'no-answer', facts: {} } })
  })
}
