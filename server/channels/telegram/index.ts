/**
 * The door of Telegram: the Bot API 10.1, private chats with one bot an account.
 * Purpose: updates (by webhook or by polling, one setting) → events of the timeline; messages of ours → calls of the API.
 * Invariants: a webhook without its secret is nobody's; an update is confirmed only once it is durable; what may have arrived is never
 * sent again by itself, for the API has no idempotency key; `retry_after` is obeyed; groups and channels are not served.
 */
export { createTelegramAdapter } from './adapter.ts'
export type { TelegramDeps, TelegramTiming } from './deps.ts'
export { telegramSecrets, telegramSettings } from './settings.ts'
