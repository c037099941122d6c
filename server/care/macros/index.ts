/**
 * Macros: prepared answers that an agent starts from. Shared ones are made and changed by supervisors and designers; one's own are seen by
 * nobody else. `{{name}}`, `{{agent}}`, `{{number}}` are filled in by the composer.
 */
export { macrosHandlers } from './http.ts'
export { seedMacros } from './seed-macros.ts'
