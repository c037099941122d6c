/**
 * Outgoing webhooks: other systems are told what happened, signed, until they answer with success or a day is over.
 *
 * - A delivery is a row of the transaction that made the event true: nothing is told of what was rolled back, nothing is forgotten.
 * - The log holds ids only. Words (`withBodies`) are read at the moment of sending, so that erased ones are not sent and none stand here.
 * - At least once, and not in order: receivers know a repeat by its id. A slow receiver keeps nobody else waiting.
 * - Other systems may register themselves (TM Forum's `hub`); their bodies are written in that API's words when they are sent.
 * - Private addresses are refused when the address is set and again when it is called. The secret is shown once and sealed.
 */

export { createWebhooks, type Webhooks, type WebhooksDeps } from './create-webhooks.ts'
export type { Foreign, WriteBody } from './deliver.ts'
export { eraseOldDeliveries, erasePayloads } from './privacy.ts'
export type { Registrations } from './registrations.ts'
export { resealWebhookSecrets } from './secret.ts'
export { countLateDeliveries } from './store.ts'
export { type OutsideEvent, WEBHOOK_EVENT_ID, WEBHOOK_SIGNATURE } from './wire.ts'
