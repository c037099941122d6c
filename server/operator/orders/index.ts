/**
 * Orders: everything that is done to a line is one. Looked at before (what it costs, what is lost, what conflicts), confirmed, done;
 * the same call for the app, agents, the assistant and voice, with who did it and through which door.
 *
 * - The id is the sender's: a repeat is done once. What was agreed to and what is done are the same effects, or it is refused.
 * - Doing it and its state are one commit. What others carry out (a payment) is pending until they have told how it ended. Switching off waits for the undo time; gifts above one's limit wait for another's approval;
 *   letting somebody see a line waits for their word.
 * - Who may is looked at when it is placed. Orders are locked before lines.
 * - Emits `order-changed`.
 */
export { answerOffer, listOffers, readOffersOf } from './access-offers.ts'
export { decideOrder } from './decide-order.ts'
export { eraseOrders } from './erase-orders.ts'
export type { DealReversals, OpenedRefund, OpenedTopUp, OrdersContext, Till } from './orders-context.ts'
export { placeOrder } from './place-order.ts'
export { previewOrder } from './preview-order.ts'
export {
  countOrdersToApprove,
  type Ending,
  findOrder,
  findReversal,
  listOrders,
  listOrdersToApprove,
  listUnknownOrders,
  readEndings,
  reversalsWaiting,
  walkOrders,
} from './read-orders.ts'
export { recordDone } from './record-done.ts'
export { DEFAULT_ORDER_RULES, type OrderRules } from './rules.ts'
export { startOrders } from './run-due-orders.ts'
export { type Settlement, settleOrder } from './settle-order.ts'
export { switchesOff } from './switches-off.ts'
export { undoOrder } from './undo-order.ts'
