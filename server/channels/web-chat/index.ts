/**
 * The door on a site: visitors read and write their own lane over REST and `/realtime`. Nothing is asked of them; an
 * opaque token bound to the site is all that they hold, so that a lane is never shown to another visitor.
 *
 * - The widget gives each message its id: a repeat after a lost answer stores nothing twice.
 * - The host page's scripts can read whatever the widget shows; it shows this lane only, never the person's other doors.
 */
export { chatHandlers } from './chat-handlers.ts'
export type { WebChatContext } from './context.ts'
export { type WebChatSettings, webChatAdapter, webChatSettings } from './settings.ts'
export { acceptVisitor, type VisitorLive } from './visitor-live.ts'
export { authenticateVisitor, forgetVisitors, originAllowedForChat } from './visitors.ts'
