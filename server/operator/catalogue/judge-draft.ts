import type { CatalogueDiff, Offering, OfferingTerms } from '../../../contracts/catalogue.ts'
import type { Executor } from '../../platform/database/index.ts'
import { findProblems } from './check-draft.ts'
import { type Changes, compare } from './compare.ts'

/** Given by composition: how many lines have each of these offerings. Offerings that no line has may be missing in the answer. */
export type CountLinesOf = (db: Executor, offeringIds: readonly string[]) => Promise<Map<string, number>>

/** What a draft would change on top of the offerings in force, and why it may not. */
export async function judgeDraft(
  db: Executor,
  countLinesOf: CountLinesOf,
  {
    current,
    inForce,
    draft,
  }: {
    readonly current: number
    readonly inForce: readonly Offering[]
    readonly draft: readonly OfferingTerms[]
  },
): Promise<{ readonly changes: Changes; readonly diff: CatalogueDiff }> {
  const before = inForce.map(({ terms }) => terms)
  const changes = compare(before, draft)
  const idOf = new Map(inForce.map(({ id, terms }) => [terms.code, id]))
  const ids = changes.changed.flatMap(({ code }) => idOf.get(code) ?? [])
  const lines = ids.length > 0 ? await countLinesOf(db, ids) : new Map<string, number>()
  const diff: CatalogueDiff = {
    basedOn: current,
    added: [...changes.added],
    changed: changes.changed.map(({ code, fields }) => ({
      code,
      fields: [...fields],
      lines: lines.get(idOf.get(code) ?? '') ?? 0,
    })),
    withdrawn: changes.withdrawn.map(({ code }) => code),
    problems: findProblems(before, draft),
  }
  return { changes, diff }
}
