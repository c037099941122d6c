import type { TopUp } from '../../../contracts/payments.ts'
import { formatPhone } from '../../shared/format/index.ts'
import type { FinanceWords } from '../locales/finance-ru.ts'

/** Where the fiscal receipt of a payment went, and whether it has. */
export function receiptText({ to, state }: NonNullable<TopUp['receipt']>, w: FinanceWords): string {
  return state === 'failed' ? w.topUp.receipt.failed : w.topUp.receipt[state](addressOf(to))
}

/** An e-mail address, or a number as people read it. */
export const addressOf = (to: string): string => (to.includes('@') ? to : formatPhone(`+${to}`))
