/**
 * The live half of the desk: one WebSocket that comes back by itself and resumes lanes by their seq.
 * Invariants: an entry is handed on once and never after a gap; a lost last notice is noticed by the next beat;
 * silence, sleep and a lost network end in a reconnect, never in a screen that quietly stands still.
 */
export { type ConnectionState, RealtimeConnection } from './connection.ts'
export type { LaneSeqs } from './lane-cursors.ts'
