/**
 * The door of MAX: the Bot API (OpenAPI 0.0.32), dialogs with one bot an account.
 * Purpose: updates (by webhook or by polling, one setting) → events of the timeline; messages of ours → uploads and messages of the API.
 * Invariants: a webhook without its secret is nobody's; a number is proved by its hash alone, and only its owner's; a marker is kept once
 * its batch is durable; what may have arrived is never sent again by itself; a subscription that MAX dropped is made again.
 */
export { createMaxAdapter } from './adapter.ts'
export type { MaxDeps, MaxTiming } from './deps.ts'
export { maxSecrets, maxSettings } from './settings.ts'
