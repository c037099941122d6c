/**
 * The operator's edge over TM Forum REST: the second implementation of the port, for an operator whose billing system keeps the lines.
 *
 * - Every request is bounded in time, and repeated a few times with jitter where repeating is safe: reads, checks, and orders, which carry
 *   their own name (`externalId`). After a failure the other side is let rest for some seconds, and nobody waits for it meanwhile.
 * - Reads carry the age that the other side tells; while it is away, what it told last is told again, with the age that it has by then.
 * - An order is noted before it leaves, and asked about until it has told how it ended, also after a restart: every few seconds while it is
 *   young, seldom when it is old. It is settled once. After a silence it is `unknown`, and a person sees it.
 * - Who may have what done is looked at here as well, by the same table as everywhere.
 */
export { eraseRemoteOrders } from './erase-kept.ts'
export { countUnknownOrders } from './list-unknown.ts'
export { createRemoteEdge, type RemoteEdge, type RemoteEdgeDeps } from './remote-edge.ts'
