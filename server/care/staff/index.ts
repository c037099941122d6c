/**
 * The staff: who they are, how they prove it, what session they sit in. Other modules take the `Staff` actor that
 * `authenticate` settles and ask here for names, presence and the state of sessions.
 *
 * - Everybody but a demo account has a second factor; demo accounts are shut outside a demo.
 * - The table keeps no password, token or secret in the clear: argon2id, SHA-256, the vault.
 * - A changed password, role, second factor or a shut account ends the sessions that it must.
 * - Every change is in the audit.
 */
export { type AttemptLimits, createAttemptLimits } from './attempt-limits.ts'
export type { SessionState } from './authenticate.ts'
export { createMember } from './create-member.ts'
export { createStaff, type StaffRoom } from './create-staff.ts'
export { forgetEnded } from './forget-ended.ts'
export { createAdmin, resetMember } from './give-admin.ts'
export { hasAdmin, namesOfMembers } from './member-store.ts'
export { touchPresence } from './presence.ts'
export { resealSecondFactors } from './reseal.ts'
export { type DemoLogin, seedDemoStaff } from './seed-demo.ts'
export { STAFF_DEFAULTS, type StaffSettings } from './settings.ts'
