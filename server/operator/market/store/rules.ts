import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'

export interface RulesRow {
  readonly version: number
  readonly rules: unknown
  readonly publishedAt: Date
  readonly publishedBy: string
}

const COLUMNS = sql`version, rules, published_at as "publishedAt", published_by as "publishedBy"`
const MOST_VERSIONS = 100

export function newestRules(db: Executor): Promise<RulesRow | undefined> {
  // A parameter, so that it is prepared: planning it takes longer than reading one row.
  return maybeOne(
    db,
    sql<RulesRow>`select ${COLUMNS} from market.rules where version > ${0} order by version desc limit 1`,
  )
}

/** Newest first, at most 100. */
export function selectRules(db: Executor): Promise<RulesRow[]> {
  return rows(
    db,
    sql<RulesRow>`select ${COLUMNS} from market.rules order by version desc limit ${MOST_VERSIONS}`,
  )
}

/** Makes publishers queue up until the transaction ends; readers do not wait. */
export async function lockRules(tx: Executor): Promise<void> {
  await rows(tx, sql`lock table market.rules in share row exclusive mode`)
}

export async function insertRules(tx: Executor, row: RulesRow): Promise<void> {
  await rows(
    tx,
    sql`insert into market.rules (version, rules, published_at, published_by)
      values (${row.version}, ${JSON.stringify(row.rules)}::jsonb, ${row.publishedAt}, ${row.publishedBy})`,
  )
}
