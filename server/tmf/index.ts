/**
 * TM Forum Open APIs, version 4: what other systems of an operator speak, mapped both ways. Nobody else knows TM Forum's names.
 *
 * - Everything goes through the operator's edge and the faces of care: the same orders, need to know, audit and limits as for our own API.
 * - Callers are service tokens with OAuth 2.0 access tokens; `read` reads, `write` acts, `numbers` shows phone numbers whole.
 * - Lists of people's things say whose by one exact value; nobody walks through everybody's data. Filters reach every attribute that is told.
 * - Things of a line are called `LINE.PART`, so that nothing of ours has to be kept for them.
 */
export { eraseNamesOfClients } from './erase-names.ts'
export { writeNotification } from './hub/write-notification.ts'
export { countUnknownOrders, createRemoteEdge, eraseRemoteOrders } from './remote/index.ts'
export { serveTmf } from './serve-tmf.ts'
export type { TmfRoom } from './tmf-room.ts'
