/**
 * Audit: who looked at whose personal data, and who changed what. Rows are written in the transaction of the act itself,
 * are never updated, and hold no personal data but ids.
 *
 * - Looks that screens repeat by themselves (`open`, `download`) are recorded once an actor and person in ten minutes; all else each time.
 * - Reveals and break-glasses are capped in any 24 hours; half of a cap and the whole of it raise an alert.
 * - Before and after of a change are stripped of whatever is named like a secret.
 */

export type { Author } from './author.ts'
export { auditHandlers, listChangesBy, listChangesOf } from './http.ts'
export { type Access, recordAccess, recordDownload, recordExports, recordOpen } from './record-access.ts'
export {
  type CapAlert,
  type CapDeps,
  type Caps,
  DEFAULT_CAPS,
  logCapAlerts,
  recordCapped,
} from './record-capped.ts'
export { type AuditChange, recordChange } from './record-change.ts'
export { countReveals, deleteOldAccesses, selectAccesses } from './store.ts'
