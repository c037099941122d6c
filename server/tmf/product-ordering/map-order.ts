import type { Catalogue } from '../../../contracts/catalogue.ts'
import type { Order, OrderEffect, OrderRequest } from '../../../contracts/orders.ts'
import { type Call, hrefOf, numberFor, wordsFor } from '../core/call.ts'
import { characteristic, moneyOf } from '../core/common.ts'
import { STATE_NAMES } from './order-states.ts'
import { EFFECTS, type ProductOrder, REQUEST } from './schema.ts'

const ACTIONS: Readonly<Partial<Record<OrderRequest['kind'], 'add' | 'delete'>>> = {
  'connect-option': 'add',
  'connect-content': 'add',
  'disconnect-option': 'delete',
  'stop-content': 'delete',
  'stop-all-content': 'delete',
}

/** An order of ours as TM Forum's: whoever placed it and through which door, what it costs, what became of it. */
export function mapOrder(
  call: Call,
  { offerings }: Catalogue,
  order: Order,
  externalId: string | undefined,
): ProductOrder {
  const { id, lineId, request, by } = order
  const state = STATE_NAMES[order.state]
  return {
    id,
    href: hrefOf(call, 'productOrderingManagement', 'productOrder', id),
    '@type': 'ProductOrder',
    ...(externalId !== undefined && { externalId }),
    category: request.kind,
    state,
    orderDate: order.placedAt,
    ...(order.undoableUntil !== null && { expectedCompletionDate: order.undoableUntil }),
    ...(order.carriedOutAt !== null && { completionDate: order.carriedOutAt }),
    ...(order.reason && { cancellationReason: order.reason.code }),
    billingAccount: {
      id: lineId,
      href: hrefOf(call, 'accountManagement', 'billingAccount', lineId),
      '@referredType': 'BillingAccount',
    },
    channel: [{ id: by.through, name: by.through }],
    note: order.reason ? [{ author: 'otklik', text: JSON.stringify(order.reason) }] : [],
    orderTotalPrice: order.effects.flatMap(priceOf),
    relatedParty: [
      { id: by.kind, name: by.name ?? by.kind, role: 'orderer', '@referredType': 'PartyRole' },
      ...(order.approvedBy === null
        ? []
        : [{ id: 'agent', name: order.approvedBy, role: 'approver', '@referredType': 'PartyRole' }]),
    ],
    productOrderItem: [
      {
        id: '1',
        action: ACTIONS[request.kind] ?? 'modify',
        state,
        ...offeringOf(call, offerings, request),
        product: {
          id: lineId,
          href: hrefOf(call, 'productInventory', 'product', lineId),
          productCharacteristic: [
            ...characteristic(REQUEST, shown(call, request)),
            ...characteristic(EFFECTS, order.effects),
          ],
        },
      },
    ],
  }
}

function offeringOf(call: Call, offerings: Catalogue['offerings'], request: OrderRequest) {
  const code = 'code' in request ? request.code : undefined
  const offering = offerings.find(({ terms }) => terms.code === code)
  if (!offering) return {}
  return {
    productOffering: {
      id: offering.id,
      href: hrefOf(call, 'productCatalogManagement', 'productOffering', offering.id),
      name: wordsFor(call, offering.terms.title),
      '@referredType': 'ProductOffering',
    },
  }
}

/** The request with other people's numbers as this caller may see them. */
function shown(call: Call, request: OrderRequest): OrderRequest {
  if (!('toMsisdn' in request) || request.toMsisdn === null) return request
  return { ...request, toMsisdn: numberFor(call, request.toMsisdn) }
}

function priceOf(effect: OrderEffect): ProductOrder['orderTotalPrice'] {
  if (effect.effect === 'charge-now')
    return [{ name: effect.for, priceType: 'oneTime', price: { taxIncludedAmount: moneyOf(effect.kopecks) } }]
  if (effect.effect !== 'charge-later') return []
  const { every, kopecks } = effect
  return [
    {
      name: effect.for,
      priceType: every === null ? 'oneTime' : 'recurring',
      ...(every !== null && { recurringChargePeriod: every }),
      price: { taxIncludedAmount: moneyOf(kopecks) },
    },
  ]
}
