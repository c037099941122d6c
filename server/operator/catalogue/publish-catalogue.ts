import type { CatalogueDiff, OfferingTerms } from '../../../contracts/catalogue.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { Refusal } from '../../platform/refusal.ts'
import { isEmpty } from './compare.ts'
import { type CountLinesOf, judgeDraft } from './judge-draft.ts'
import { readVersion } from './read-catalogue.ts'
import { endOfferings, insertOfferings, insertVersion, lockVersions, newestVersion } from './store.ts'

/** A catalogue as a designer gives it: all of it. */
export interface CatalogueDraft {
  /** The version that the designer saw; 0 = none was published yet. */
  readonly basedOn: number
  readonly offerings: readonly OfferingTerms[]
}

/** A version that was published just now. */
export interface Publication {
  readonly version: number
  readonly diff: CatalogueDiff
}

/**
 * Publishes a new version; what the draft leaves out is archived, who has an offering keeps its conditions. Gives undefined when the
 * draft is what is in force already: a repeat publishes nothing.
 * Refuses with `conflict` (`current`) when another version was published meanwhile, and with `invalid_request` (`problems`) for a draft
 * that contradicts itself.
 */
export async function publishCatalogue(
  tx: Executor,
  { clock, countLinesOf }: { readonly clock: Clock; readonly countLinesOf: CountLinesOf },
  { basedOn, offerings, by }: CatalogueDraft & { readonly by: string },
): Promise<Publication | undefined> {
  await lockVersions(tx)
  const newest = await newestVersion(tx)
  const inForce = newest ? await readVersion(tx, newest) : []
  const current = newest?.number ?? 0
  const { changes, diff } = await judgeDraft(tx, countLinesOf, { current, inForce, draft: offerings })
  if (isEmpty(changes) && diff.problems.length === 0) return undefined
  if (current !== basedOn) throw new Refusal('conflict', { current })
  if (diff.problems.length > 0)
    throw new Refusal('invalid_request', { in: 'offerings', problems: diff.problems })

  const version = current + 1
  await insertVersion(tx, {
    id: newId(clock),
    number: version,
    publishedAt: clock.now(),
    publishedBy: by,
    diff,
  })
  const replacing = [...changes.changed.map(({ terms }) => terms), ...changes.withdrawn]
  const replaced = new Set(replacing.map(({ code }) => code))
  await endOfferings(
    tx,
    inForce.filter(({ terms }) => replaced.has(terms.code)).map(({ id }) => id),
    version,
  )
  await insertOfferings(
    tx,
    [...changes.added, ...replacing].map((terms) => ({ id: newId(clock), terms })),
    version,
  )
  return { version, diff }
}
