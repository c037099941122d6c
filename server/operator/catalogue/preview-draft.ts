import type { CatalogueDiff } from '../../../contracts/catalogue.ts'
import type { Executor } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type CountLinesOf, judgeDraft } from './judge-draft.ts'
import type { CatalogueDraft } from './publish-catalogue.ts'
import { readVersion } from './read-catalogue.ts'
import { newestVersion } from './store.ts'

/**
 * What publishing the draft would change and how many lines keep what is before, and the problems for which it would be refused. Stores
 * nothing. Refuses with `conflict` (`current`) when the draft stands on another version than the one in force.
 */
export async function previewDraft(
  db: Executor,
  countLinesOf: CountLinesOf,
  { basedOn, offerings }: CatalogueDraft,
): Promise<CatalogueDiff> {
  const newest = await newestVersion(db)
  const current = newest?.number ?? 0
  if (current !== basedOn) throw new Refusal('conflict', { current })
  const inForce = newest ? await readVersion(db, newest) : []
  return (await judgeDraft(db, countLinesOf, { current, inForce, draft: offerings })).diff
}
