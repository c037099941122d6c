import type { LineIdentity } from '../../operator/edge/index.ts'
import { type Call, hrefOf, numberFor } from './call.ts'
import { peopleOf } from './people.ts'

/** The line as other things refer to it: its number, its account, its product. */
export function refsOfLine(call: Call, line: LineIdentity) {
  const { id } = line
  const number = numberFor(call, line.msisdn)
  return {
    number: { id: number, name: 'msisdn', '@referredType': 'Msisdn' },
    account: {
      id,
      href: hrefOf(call, 'accountManagement', 'billingAccount', id),
      name: number,
      '@referredType': 'BillingAccount',
    },
    product: {
      id,
      href: hrefOf(call, 'productInventory', 'product', id),
      name: number,
      '@referredType': 'Product',
    },
    people: peopleOf(call, line),
  }
}
