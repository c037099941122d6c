/**
 * Lines as people look at them: the subscribers who hold or use them, and the staff and other systems who serve those.
 *
 * - What somebody sees and may have done follows from their role on the line; somebody else's line is no line.
 * - The staff see lines of people whose conversation they may open; it is recorded; numbers are masked.
 * - Everything goes through the operator's edge: this room knows no money and no tariff.
 */
export { linesHandlers } from './lines-http.ts'
export { LINE_LIMITS, type LinesRoom } from './lines-room.ts'
export { byOfLooker, requireLook } from './look-at-line.ts'
export { blockLostSim } from './lost-sim.ts'
export { ordersHandlers } from './orders-http.ts'
export { paymentsHandlers } from './payments-http.ts'
export { requireSees, type Seen } from './policy.ts'
export { recogniseLines } from './recognise-lines.ts'
