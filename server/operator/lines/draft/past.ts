import type { BucketState, ConnectedState, Past, PastPackage } from '../line-state.ts'
import type { Draft } from './draft.ts'

export const NO_PAST: Past = { packages: [], tariffs: [] }

const DAY_MS = 86_400_000

/**
 * Remembers what is left of a package that is over now, so that usage that comes late is paid by it. For whoever ends or refills it, and
 * posts it in the same step.
 * @param carried it is not lost but moves on into the next period
 */
export function rememberPackage(draft: Draft, bucket: BucketState, at: Date, carried = false): void {
  const { line } = draft
  const { ended, total, left, type, source, filledAt } = bucket
  if (ended || (total !== null && left === 0)) return
  const connected = line.connected.find(({ id }) => id === bucket.connectedId)
  const countries = connected ? countriesOfPack(connected) : null
  const over = {
    type,
    source,
    countries,
    from: filledAt,
    to: at,
    left: total === null ? null : left,
    carried,
  }
  line.past = { ...line.past, packages: [...line.past.packages.filter(stillMatters(draft, at)), over] }
}

/** Remembers the tariff of a line that gets another one: by its rates is charged what comes late. */
export function rememberTariff(draft: Draft, at: Date): void {
  const { line } = draft
  const tariffs = line.past.tariffs.filter(stillMatters(draft, at))
  line.past = { ...line.past, tariffs: [...tariffs, { tariff: line.tariff, to: at }] }
}

/** Records that are older are not taken. */
const stillMatters =
  ({ rules }: Draft, at: Date) =>
  ({ to }: Pick<PastPackage, 'to'>): boolean =>
    to.getTime() >= at.getTime() - rules.usage.lateDays * DAY_MS

/** Where an option's packages pay; null = at home. */
export function countriesOfPack({ offering: { terms } }: ConnectedState): readonly string[] | null {
  return terms.kind === 'option' && terms.category === 'roaming' ? terms.countries : null
}
