/**
 * Outgoing webhooks: other systems are told what happened.
 */
export { eraseOldDeliveries, erasePayloads } from './privacy.ts'
