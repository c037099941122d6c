/**
 * A person's timeline as it is read: lanes merged by stored time, edits and deletions folded into their messages,
 * laid out as rows. Pure. Invariants: nothing appears twice; within a lane the order is `seq`.
 */
export { foldEntries, type Item } from './fold.ts'
export { compareEntries, entryKey, mergeEntries } from './merge.ts'
export { layOutRows, type Row } from './rows.ts'
