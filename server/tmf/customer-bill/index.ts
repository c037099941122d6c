/** TMF678 Customer Bill: the months of a line as bills, and each movement of its money as a rate applied to one. Read only. */
import type { LineIdentity } from '../../operator/edge/index.ts'
import type { Call } from '../core/call.ts'
import { type Anchors, linesAsked, lookAtLine } from '../core/lines-asked.ts'
import { keyset } from '../core/page.ts'
import { isExact, type Query } from '../core/query.ts'
import { type Api, resource } from '../core/resource.ts'
import { mapBill, mapRate } from './map-bill.ts'
import { billOf, recentMonths } from './months.ts'
import { AppliedCustomerBillingRate, CustomerBill } from './schema.ts'

const NUMBER = 'billingAccount.name'
const ANCHORS: Anchors = { 'billingAccount.id': 'line', [NUMBER]: 'msisdn' }

const customerBill = resource({
  name: 'customerBill',
  schema: CustomerBill,
  numbers: [NUMBER],
  list: async function* (call: Call, query: Query) {
    const months = recentMonths(call.room.clock.now())
    for (const line of await linesAsked(call, query, { ...ANCHORS, id: 'line' }, 'charges')) {
      const asked = monthAsked(query, 'id')
      yield (await Promise.all((asked ?? months).map((month) => billsOf(call, line, month)))).flat()
    }
  },
  read: async (call, id) => {
    const asked = billOf(id)
    const line = asked && (await lookAtLine(call, asked.lineId, 'charges'))
    return line && (await billsOf(call, line, asked.month)).find((bill) => bill.id === id)
  },
})

/** The bill of a month, if any money moved in it. */
async function billsOf(call: Call, line: LineIdentity, month: string): Promise<CustomerBill[]> {
  const summary = await call.room.lines.edge.summariseCharges(call.db, line.id, month)
  return summary && summary.value.byCategory.length > 0 ? [mapBill(call, line, summary)] : []
}

const appliedCustomerBillingRate = resource({
  name: 'appliedCustomerBillingRate',
  schema: AppliedCustomerBillingRate,
  numbers: [NUMBER],
  list: async function* (call: Call, query: Query) {
    const anchors: Anchors = { 'bill.id': 'line', ...ANCHORS }
    const months = monthAsked(query, 'bill.id') ?? recentMonths(call.room.clock.now())
    for (const line of await linesAsked(call, query, anchors, 'charges'))
      for (const month of months) yield* ratesOf(call, line, month)
  },
  read: async (call, id) => {
    const asked = billOf(id)
    const line = asked && (await lookAtLine(call, asked.lineId, 'charges'))
    if (!line) return undefined
    for await (const rates of ratesOf(call, line, asked.month)) {
      const rate = rates.find((one) => one.id === id)
      if (rate) return rate
    }
    return undefined
  },
})

async function* ratesOf(call: Call, line: LineIdentity, month: string) {
  const { edge } = call.room.lines
  for await (const items of keyset((ask) => edge.listCharges(call.db, line.id, { ...ask, month })))
    yield items.map((item) => mapRate(call, line, month, item))
}

/** The month that a filter by a bill's id names. */
function monthAsked({ conditions }: Query, attribute: string): string[] | undefined {
  const asked = conditions.find((one) => one.attribute === attribute && isExact(one))?.values[0]
  const month = asked === undefined ? undefined : billOf(asked)?.month
  return month === undefined ? undefined : [month]
}

export const customerBills: Api = {
  name: 'customerBillManagement',
  resources: [customerBill, appliedCustomerBillingRate],
}
