/**
 * Notices that refresh screens: they may get lost, the truth is in the database. One process passes them by hand;
 * several nodes pass them through the database's NOTIFY (`shareNotices`). What must not get lost is never a notice.
 */
export { announce, type Bus, createBus } from './bus.ts'
export { type ShareOptions, shareNotices } from './share-notices.ts'
