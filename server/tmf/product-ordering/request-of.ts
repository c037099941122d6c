import { type OrderKind, OrderRequest } from '../../../contracts/orders.ts'
import { Id } from '../../../contracts/primitives.ts'
import { findInForce, findOffering } from '../../operator/catalogue/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Call } from '../core/call.ts'
import { lineOf, partOf } from '../core/ids.ts'
import { parsed } from '../core/parsed.ts'
import { type ItemAsked, type ProductOrderAsked, REQUEST, WHEN } from './schema.ts'

/** What is asked to be done, to which line. */
export interface Asked {
  readonly lineId: string
  readonly request: OrderRequest
}

const refusal = (at: string, says: string) =>
  new Refusal('invalid_request', { in: 'body', issues: [{ at, says }] })

/**
 * An order of ours from TM Forum's: one item, because each of ours is done, undone and refused on its own.
 * `add` of an option or subscription, `delete` of a product of the line, `modify` of the line to another tariff; everything else by the
 * characteristic `request` in our own words. Refuses with `invalid_request` what cannot be understood.
 */
export async function requestOf(
  call: Call,
  { billingAccount, productOrderItem }: Pick<ProductOrderAsked, 'billingAccount' | 'productOrderItem'>,
): Promise<Asked> {
  const [item, ...more] = productOrderItem
  if (!item || more.length > 0) throw refusal('productOrderItem', 'one item an order')
  const productId = item.product?.id
  const lineId =
    billingAccount?.id ??
    item.product?.billingAccount?.id ??
    (productId === undefined ? undefined : lineOf(productId))
  if (lineId === undefined) throw refusal('billingAccount.id', 'the line is missing')
  if (productId !== undefined && lineOf(productId) !== lineId)
    throw refusal('productOrderItem.product.id', 'a product of another line')
  return { lineId, request: await whatOf(call, lineId, item) }
}

async function whatOf(call: Call, lineId: string, item: ItemAsked): Promise<OrderRequest> {
  const asked = valueIn(item, REQUEST)
  if (asked !== undefined) return parsed(OrderRequest, asked)
  if (item.action === 'delete') return switchingOff(call, lineId, item)
  const { code, kind } = await offeredIn(call, item)
  if (item.action === 'modify') {
    if (kind !== 'tariff') throw refusal('productOrderItem.productOffering.id', 'not a tariff')
    return parsed(OrderRequest, { kind: 'change-tariff', code, when: valueIn(item, WHEN) ?? 'now' })
  }
  const order: OrderKind | undefined =
    kind === 'option' ? 'connect-option' : kind === 'content' ? 'connect-content' : undefined
  if (order === undefined)
    throw refusal('productOrderItem.productOffering.id', 'neither an option nor a subscription')
  return parsed(OrderRequest, { kind: order, code, consent: valueIn(item, 'consent') })
}

const valueIn = ({ product }: ItemAsked, name: string): unknown =>
  product?.productCharacteristic?.find((one) => one.name === name)?.value

/** The offering as it is today: an outdated one would be agreed to under other conditions. */
async function offeredIn({ db }: Call, { productOffering }: ItemAsked) {
  const id = productOffering?.id ?? ''
  const offering = Id.safeParse(id).success ? await findOffering(db, id) : undefined
  if (!offering) throw refusal('productOrderItem.productOffering.id', 'no such offering')
  if ((await findInForce(db, offering.terms.code))?.id !== id)
    throw refusal('productOrderItem.productOffering.id', 'there is a newer version of this offering')
  return offering.terms
}

/** What is connected under the product's id, switched off. */
async function switchingOff(
  { db, room }: Call,
  lineId: string,
  { product }: ItemAsked,
): Promise<OrderRequest> {
  const part = partOf(product?.id ?? '')
  const services = await room.lines.edge.readServices(db, lineId)
  const option = services?.value.options.find((one) => one.id === part)
  if (option) return { kind: 'disconnect-option', code: option.offering.terms.code }
  const content = services?.value.content.find((one) => one.id === part)
  if (content) return { kind: 'stop-content', code: content.offering.terms.code }
  throw refusal('productOrderItem.product.id', 'nothing that can be switched off')
}
