import { z } from 'zod'
import { type Order, OrderBy, OrderEffect, OrderRequest, type OrderState } from '../../../contracts/orders.ts'
import { EFFECTS, type ProductOrder, REQUEST } from '../product-ordering/schema.ts'
import { characteristicIn } from './characteristics.ts'

/** TM Forum's states in our words; what we do not know is told to a person. */
const STATES: Readonly<Record<ProductOrder['state'], z.infer<typeof OrderState>>> = {
  acknowledged: 'waiting',
  pending: 'approval',
  inProgress: 'pending',
  held: 'unknown',
  completed: 'done',
  failed: 'refused',
  cancelled: 'undone',
  rejected: 'declined',
}

const Reason = z.object({ code: z.string(), facts: z.record(z.string(), z.unknown()) })

/** An order of ours from theirs; undefined = what was asked for is not in words that we understand. It has our name, if we gave it one. */
export function orderFrom(remote: ProductOrder): Order | undefined {
  const {
    billingAccount,
    channel,
    completionDate,
    expectedCompletionDate,
    externalId,
    id,
    orderDate,
    state,
  } = remote
  const [item] = remote.productOrderItem
  const told = item?.product.productCharacteristic ?? []
  const request = characteristicIn(told, REQUEST, OrderRequest)
  if (!request) return undefined
  const orderer = remote.relatedParty.find(({ role }) => role === 'orderer')
  const by = OrderBy.safeParse({
    kind: orderer?.id,
    name: orderer?.name ?? null,
    through: channel[0]?.id,
  })
  return {
    id: externalId ?? id,
    lineId: billingAccount.id,
    request,
    state: STATES[state],
    effects: characteristicIn(told, EFFECTS, z.array(OrderEffect)) ?? [],
    by: by.data ?? { kind: 'system', name: orderer?.name ?? null, through: 'api' },
    approvedBy: remote.relatedParty.find(({ role }) => role === 'approver')?.name ?? null,
    placedAt: orderDate,
    carriedOutAt: completionDate ?? null,
    undoableUntil: state === 'acknowledged' ? (expectedCompletionDate ?? null) : null,
    reason: reasonOf(remote),
  }
}

function reasonOf({ cancellationReason, note }: ProductOrder): Order['reason'] {
  if (cancellationReason === undefined) return null
  try {
    return Reason.parse(JSON.parse(note[0]?.text ?? ''))
  } catch {
    return { code: cancellationReason, facts: {} }
  }
}
