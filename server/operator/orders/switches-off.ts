import type { OrderRequest } from '../../../contracts/orders.ts'

/** Does an order switch off what is connected under a code? */
export function switchesOff(order: OrderRequest, code: string, kind: 'option' | 'content'): boolean {
  if (kind === 'option') return order.kind === 'disconnect-option' && order.code === code
  return order.kind === 'stop-all-content' || (order.kind === 'stop-content' && order.code === code)
}
