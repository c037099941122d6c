/**
 * The door of SMS: an SMS centre over HTTP (`world/sms/README.md` is the contract).
 * Purpose: short messages in and out, receipts, and the carrier of one-time codes.
 * Invariants: events are signed or nobody's; a reference is sent once, so that every attempt may be repeated; a sender's number proves
 * nothing; codes leave no trace on any timeline.
 */
export { createSmsAdapter } from './adapter.ts'
export type { SmsDeps, SmsTiming } from './deps.ts'
export { type Sms, sendCodeBySms } from './send.ts'
export { smsSecrets, smsSettings } from './settings.ts'
