import { account } from './account/index.ts'
import type { Api } from './core/resource.ts'
import { customerBills } from './customer-bill/index.ts'
import { offeringQualification } from './offering-qualification/index.ts'
import { party } from './party/index.ts'
import { partyInteractions } from './party-interaction/index.ts'
import { payments } from './payment/index.ts'
import { prepayBalance } from './prepay-balance/index.ts'
import { productCatalog } from './product-catalog/index.ts'
import { productInventory } from './product-inventory/index.ts'
import { productOrdering } from './product-ordering/index.ts'
import { troubleTickets } from './trouble-ticket/index.ts'
import { usageConsumption } from './usage-consumption/index.ts'

/** Every API that is served. */
export const APIS: readonly Api[] = [
  productCatalog,
  offeringQualification,
  productOrdering,
  party,
  productInventory,
  prepayBalance,
  account,
  usageConsumption,
  customerBills,
  payments,
  partyInteractions,
  troubleTickets,
]
