import type { ChargeCategory } from '../../../../contracts/lines.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { postTransfer, systemAccount } from '../../ledger/index.ts'
import { tryAgain } from '../aging/try-again.ts'
import type { Draft, Title } from '../draft/draft.ts'
import { charge } from '../draft/move.ts'
import type { LinesContext } from '../lines-context.ts'
import { wake } from '../store/postpone.ts'
import { workOnLine } from '../work-on-lines.ts'
import { type Act, actName } from './act.ts'

export interface Movement extends Act {
  readonly kopecks: number
  readonly category: ChargeCategory
  /** What stands on the bill. */
  readonly title: Title
  readonly code?: string | undefined
}

/**
 * Brings money to a line, whatever its state, from a system account by name (`payments:test`, `goodwill`); what waits for money goes on.
 * Gives false if this `ref` was done before. Refuses with `not_found`, `idempotency_key_reused` (another amount).
 */
export function creditMoney(
  tx: Executor,
  lines: LinesContext,
  { from, ...movement }: Movement & { readonly from: string },
): Promise<boolean> {
  return workOnLine(tx, lines, movement.lineId, (draft) => move(tx, lines, draft, from, movement))
}

/**
 * Takes money of a line to a system account by name (`income:fee`). Gives false if this `ref` was done before.
 * Refuses with `not_found`, `insufficient_balance` (`kopecks`, `balanceKopecks`), `idempotency_key_reused`.
 */
export function debitMoney(
  tx: Executor,
  lines: LinesContext,
  { to, ...movement }: Movement & { readonly to: string },
): Promise<boolean> {
  return workOnLine(tx, lines, movement.lineId, (draft) =>
    move(tx, lines, draft, to, { ...movement, kopecks: -movement.kopecks }),
  )
}

/** Moves at once rather than with the draft: whether it is a repeat decides what follows. */
async function move(
  tx: Executor,
  { clock }: LinesContext,
  draft: Draft,
  systemName: string,
  {
    kopecks,
    category,
    title,
    code = null,
    ...act
  }: Omit<Movement, 'code'> & { code?: string | null | undefined },
): Promise<boolean> {
  const { cash } = draft.line
  if (cash.balance + kopecks < 0) {
    throw new Refusal('insufficient_balance', { kopecks: -kopecks, balanceKopecks: cash.balance })
  }
  const at = clock.now()
  const legs = [
    { accountId: cash.id, amount: kopecks },
    { accountId: systemAccount(systemName, 'kopecks'), amount: -kopecks },
  ]
  const memo = { category, ...(code !== null && { code }) }
  const transfer = { ...actName(act, kopecks > 0 ? 'credit' : 'debit'), at, lineId: act.lineId, legs, memo }
  const { transferId, replayed } = await postTransfer(tx, transfer)
  if (replayed) return false
  cash.balance += kopecks
  charge(draft, transferId, { at, category, kopecks, title, code })
  draft.changes.touched = true
  if (kopecks > 0) tryAgain(draft, at)
  return true
}

/** Money of these lines grew in another way than by `creditMoney`: what waits for it is tried again, soon. Locks them. */
export async function wakeLines(
  tx: Executor,
  { clock }: LinesContext,
  lineIds: readonly string[],
): Promise<void> {
  await wake(tx, lineIds, clock.now())
}
