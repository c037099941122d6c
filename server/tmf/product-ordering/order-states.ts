import type { z } from 'zod'
import type { Order } from '../../../contracts/orders.ts'
import type { OrderStateName } from './schema.ts'

/** Our states in TM Forum's words: `pending` waits for an approval, `held` for a person to find out what became of it. */
export const STATE_NAMES: Readonly<Record<Order['state'], z.infer<typeof OrderStateName>>> = {
  approval: 'pending',
  waiting: 'acknowledged',
  running: 'inProgress',
  pending: 'inProgress',
  done: 'completed',
  refused: 'failed',
  unknown: 'held',
  undone: 'cancelled',
  declined: 'rejected',
}
