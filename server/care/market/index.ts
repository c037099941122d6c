/**
 * The Market as people look at it: subscribers who sell and buy on their lines, the staff who look after it, screens that follow the book.
 *
 * - Owner and user of a line trade on it; somebody else's line is no line, their lot is no lot.
 * - A seller is known by their first name, if they show it, and by nothing else.
 * - First pages are read once a change, however many look: `book-watch.ts`.
 */
export { type BookWatch, createBookWatch } from './book-watch.ts'
export { consoleHandlers } from './console-http.ts'
export { marketHandlers } from './market-http.ts'
export type { DisputeFacts, MarketChange, MarketRoom, OwnMarket } from './market-room.ts'
