/** What was read of the database is kept in memory, and told again as long as it is right. */
export { forgetChanges, tellChanged } from './changes.ts'
export { createKept, type Holding, type Kept, type Shelf } from './kept.ts'
