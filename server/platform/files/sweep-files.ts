import { type Db, inTransaction } from '../database/index.ts'
import type { Folders } from './folders.ts'
import { deleteUnowned, knownIds } from './store.ts'

const BATCH = 200

/**
 * Removes the content of files that nobody owns, and of staged ones older than `before` that were never kept; puts kept ones that a
 * crash left in the staging folder into their place. Gives how many were removed.
 */
export async function sweepFiles(db: Db, folders: Folders, before: Date): Promise<number> {
  let removed = 0
  for (;;) {
    // Back to the staging folder before the rows are gone for good: wherever a crash comes, either the row finds its bytes
    // there, or the next sweep does.
    const ids = await inTransaction(db, async (tx) => {
      const unowned = await deleteUnowned(tx, BATCH)
      for (const id of unowned) await folders.unsettle(id)
      return unowned
    })
    for (const id of ids) await folders.remove(id)
    removed += ids.length
    if (ids.length < BATCH) break
  }
  const left = await folders.stagedBefore(before)
  const known = await knownIds(db, left)
  for (const id of left) await (known.has(id) ? folders.settle(id) : folders.remove(id))
  return removed + left.filter((id) => !known.has(id)).length
}
