import type { OfferingTerms } from '../../../contracts/catalogue.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Db, inTransaction } from '../../platform/database/index.ts'
import { publishCatalogue } from './publish-catalogue.ts'
import { newestVersion } from './store.ts'

const noLines = async () => new Map<string, number>()

/**
 * Publishes the first version where there is none; designers change it from then on. Gives whether it did.
 * Refuses with `invalid_request` (`problems`) what contradicts itself.
 */
export async function seedCatalogue(
  db: Db,
  clock: Clock,
  offerings: readonly OfferingTerms[],
  by: string,
): Promise<boolean> {
  if (await newestVersion(db)) return false
  const draft = { basedOn: 0, offerings, by }
  // Before the first version no line can have agreed to anything.
  const published = await inTransaction(db, (tx) =>
    publishCatalogue(tx, { clock, countLinesOf: noLines }, draft),
  )
  return published !== undefined
}
