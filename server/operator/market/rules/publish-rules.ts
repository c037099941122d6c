import type { MarketRules } from '../../../../contracts/market.ts'
import { type Db, type Executor, inTransaction } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { MarketContext } from '../market-context.ts'
import { insertRules, lockRules } from '../store/rules.ts'
import { type RulesVersion, readRulesVersion } from './read-rules.ts'

export interface NewRules {
  /** The version that the publisher saw. */
  readonly basedOn: number
  readonly rules: MarketRules
  readonly by: string
}

/**
 * New figures hold from the commit on; lots that stand keep their price. The figures in force again publish nothing.
 * @param published told inside the transaction: for the audit
 * Refuses with `conflict` (`current`) when another version was published meanwhile.
 */
export function publishRules(
  db: Db,
  { clock }: MarketContext,
  { basedOn, rules, by }: NewRules,
  published: (tx: Executor, before: RulesVersion, after: RulesVersion) => Promise<void>,
): Promise<RulesVersion> {
  return inTransaction(db, async (tx) => {
    await lockRules(tx)
    const before = await readRulesVersion(tx)
    if (JSON.stringify(before.rules) === JSON.stringify(rules)) return before
    if (before.version !== basedOn) throw new Refusal('conflict', { current: before.version })
    const now = clock.now()
    const version = before.version + 1
    await insertRules(tx, { version, rules, publishedAt: now, publishedBy: by })
    const after = { version, rules, publishedAt: now.toISOString(), publishedBy: by }
    await published(tx, before, after)
    return after
  })
}
