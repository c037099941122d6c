import type { Executor } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import type { DataList } from '../edge/index.ts'
import { type HeldLine, setAutoTopUp } from '../lines/index.ts'
import { eraseTitles, linesOfMethods } from './method-store.ts'
import type { TillContext } from './payments-context.ts'
import { forgetMethod } from './saved-methods.ts'
import { erasePages, selectHeldPayments } from './store.ts'

const AT_A_TIME = 500

/**
 * Ends what a party let be charged by itself, with the rule on its line, and destroys what says by which card, where its payments were
 * made, and what other systems called those that they told of. Amounts, states and consents stay. Gives how many of each.
 */
export async function erasePayments(
  tx: Executor,
  till: TillContext,
  partyId: string,
  held: readonly HeldLine[],
): Promise<{ payments: number; paymentMethods: number }> {
  const payments = await erasePages(tx, held)
  for (const lineId of await linesOfMethods(tx, partyId)) {
    await setAutoTopUp(tx, till.lines, { lineId, ref: newId(till.clock), rule: null })
    await forgetMethod(tx, till, lineId)
  }
  return { payments, paymentMethods: await eraseTitles(tx, partyId) }
}

/** Payments to the lines that a party owns or did, each within its time, oldest first, page by page. */
export function exportPayments(db: Executor, held: readonly HeldLine[]): DataList {
  return { name: 'payments', pages: paymentsOf(db, held) }
}

async function* paymentsOf(db: Executor, held: readonly HeldLine[]): AsyncGenerator<unknown[]> {
  for (const { lineId, from, to } of held.filter(({ role }) => role === 'owner')) {
    let after: { readonly at: Date; readonly id: string } | undefined
    do {
      const page = await selectHeldPayments(db, { lineId, from, to, after }, AT_A_TIME)
      if (page.length > 0) yield page
      after = page.length < AT_A_TIME ? undefined : page.at(-1)
    } while (after !== undefined)
  }
}
