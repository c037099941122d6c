/**
 * Privacy: how long things are kept, and what is told or destroyed when a person asks (152-FZ).
 *
 * - A person is every contact point that is theirs now, and the stretches of others that were: nothing of whoever else had a number.
 * - Erasure is one transaction; the skeleton stays, so that counts do. Each room destroys its own part; this one knows the order.
 * - Every destruction, asked for or by rule, leaves a report without personal data; erasures, exports and changed rules are in the audit.
 * - Retention works in bounded batches, each with its line in the report of the same transaction.
 */
export { applyRetention } from './apply-retention.ts'
export type { ErasedPerson, PrivacyDeps } from './deps.ts'
export { exportPerson } from './export-person.ts'
export { type PrivacyHandlers, privacyHandlers } from './http.ts'
