import type { Order } from '../../../contracts/orders.ts'
import { byOfLooker } from '../../care/lines/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import type { Call } from '../core/call.ts'
import { idOfClient } from '../core/client-ids.ts'
import { lookAtLine } from '../core/lines-asked.ts'
import { keepExternalId } from './external-ids.ts'
import { requestOf } from './request-of.ts'
import type { ProductOrderAsked } from './schema.ts'

/**
 * Places the very order that the app and agents place. A repeat under the same `externalId`, or else the same `Idempotency-Key`, is done
 * once. Refuses with `not_found` (line), `invalid_request`, and all that the edge refuses with.
 */
export async function placeProductOrder(call: Call, asked: ProductOrderAsked): Promise<Order> {
  const { db, room, actor, key } = call
  const { externalId } = asked
  const id =
    externalId !== undefined
      ? idOfClient(actor.id, 'external-id', externalId)
      : key !== undefined
        ? idOfClient(actor.id, 'key', key)
        : newId(room.clock)
  const known = await room.lines.edge.findOrder(db, id)
  const { lineId, request } = known ? await repeated(call, known, asked) : await requestOf(call, asked)
  found(await lookAtLine(call, lineId, 'orders'), 'line')
  const digest = asked.productOfferingQualification?.[0]?.id
  const by = byOfLooker(room.lines, actor, { role: null })
  // No transaction around it: whoever keeps the lines may be another system, and slow. A repeat writes the name down if it is missing.
  const order = await room.lines.edge.placeOrder(db, by, { id, lineId, request, digest })
  if (externalId !== undefined)
    await keepExternalId(db, { orderId: id, lineId, externalId, at: room.clock.now() })
  return order
}

/** What was switched off is no product any more: a repeat that names it means the order that did so. */
async function repeated(call: Call, { lineId, request }: Order, asked: ProductOrderAsked) {
  try {
    return await requestOf(call, asked)
  } catch (error) {
    const switchedOff = request.kind === 'disconnect-option' || request.kind === 'stop-content'
    const deletes = asked.productOrderItem[0]?.action === 'delete'
    if (error instanceof Refusal && switchedOff && deletes) return { lineId, request }
    throw error
  }
}
