import { MarketRules } from '../../../../contracts/market.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { newestRules, type RulesRow, selectRules } from '../store/rules.ts'
import { DEFAULT_MARKET_RULES } from './default-rules.ts'

export interface RulesVersion {
  /** 0 = as installed. */
  readonly version: number
  readonly rules: MarketRules
  readonly publishedAt: string | null
  readonly publishedBy: string | null
}

const AS_INSTALLED: RulesVersion = {
  version: 0,
  rules: DEFAULT_MARKET_RULES,
  publishedAt: null,
  publishedBy: null,
}

const versionOf = ({ version, rules, publishedAt, publishedBy }: RulesRow): RulesVersion => ({
  version,
  rules: MarketRules.parse(rules),
  publishedAt: publishedAt.toISOString(),
  publishedBy,
})

// A version never changes: what was read once need not be understood again.
let remembered: { readonly row: RulesRow; readonly read: RulesVersion } | undefined

/** The figures in force, with their version. */
export async function readRulesVersion(db: Executor): Promise<RulesVersion> {
  const row = await newestRules(db)
  if (!row) return AS_INSTALLED
  const same =
    remembered?.row.version === row.version &&
    remembered.row.publishedAt.getTime() === row.publishedAt.getTime() &&
    JSON.stringify(remembered.row.rules) === JSON.stringify(row.rules)
  if (!remembered || !same) remembered = { row, read: versionOf(row) }
  return remembered.read
}

export const readRules = async (db: Executor): Promise<MarketRules> => (await readRulesVersion(db)).rules

/** Every version that was published, newest first, at most 100. */
export const listRules = async (db: Executor): Promise<RulesVersion[]> =>
  (await selectRules(db)).map(versionOf)
