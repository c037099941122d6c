import type { ChargeItem } from '../../../contracts/lines.ts'
import type { LineIdentity, OperatorEdge } from '../../operator/edge/index.ts'
import { refsOfLine } from '../core/around-line.ts'
import { type Call, hrefOf, wordsFor } from '../core/call.ts'
import { characteristic, moneyOf } from '../core/common.ts'
import { partId } from '../core/ids.ts'
import { periodOf } from './months.ts'
import type { AppliedCustomerBillingRate, CustomerBill } from './schema.ts'

export type Summary = NonNullable<Awaited<ReturnType<OperatorEdge['summariseCharges']>>>

const API = 'customerBillManagement'

/** A month of a line as a bill. Everything is prepaid: nothing is ever due of it. */
export function mapBill(call: Call, line: LineIdentity, { value, asOf }: Summary): CustomerBill {
  const { month, spentKopecks } = value
  const id = partId(line.id, month)
  const period = periodOf(month)
  const over = period.endDateTime <= call.room.clock.now().toISOString()
  const { account, people } = refsOfLine(call, line)
  return {
    id,
    href: hrefOf(call, API, 'customerBill', id),
    '@type': 'CustomerBill',
    billNo: id,
    billDate: period.endDateTime,
    category: 'normal',
    runType: 'onCycle',
    lastUpdate: asOf.toISOString(),
    state: over ? 'settled' : 'new',
    billingAccount: account,
    billingPeriod: period,
    relatedParty: people,
    amountDue: moneyOf(0),
    remainingAmount: moneyOf(0),
    taxIncludedAmount: moneyOf(spentKopecks),
  }
}

/** One movement of money: what was taken is positive on a bill, what came is negative. */
export function mapRate(
  call: Call,
  line: LineIdentity,
  month: string,
  item: ChargeItem,
): AppliedCustomerBillingRate {
  const billId = partId(line.id, month)
  const id = partId(billId, item.id)
  return {
    id,
    href: hrefOf(call, API, 'appliedCustomerBillingRate', id),
    '@type': 'AppliedCustomerBillingRate',
    date: item.at,
    name: wordsFor(call, item.title),
    type: item.category,
    isBilled: true,
    bill: { id: billId, href: hrefOf(call, API, 'customerBill', billId), '@referredType': 'CustomerBill' },
    billingAccount: refsOfLine(call, line).account,
    taxIncludedAmount: moneyOf(-item.kopecks),
    characteristic: characteristic('code', item.code),
  }
}
