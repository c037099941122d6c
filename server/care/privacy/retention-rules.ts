import { z } from 'zod'
import { type RetentionChange, RetentionRule } from '../../../contracts/privacy.ts'
import { type Executor, maybeOne, rows, sql } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'

export type Rule = z.infer<typeof RetentionRule>
export type Change = z.infer<typeof RetentionChange>
export type Kept = Rule['what']

const SETTING = 'retention'

/**
 * Three years: the general limitation period of Russian law (art. 196 of the Civil Code), and how long operators keep the facts of calls
 * (126-FZ, art. 64). Logs of the machinery: a month.
 */
export const DEFAULT_DAYS: Readonly<Record<Kept, number>> = {
  bodies: 1095,
  'raw-events': 30,
  attachments: 1095,
  'webhook-log': 30,
  search: 1095,
  'access-log': 1095,
  drafts: 30,
  usage: 1095,
}

/** The rules in force: what was set, defaults for the rest. */
export async function readRules(db: Executor): Promise<Rule[]> {
  const row = await maybeOne(
    db,
    sql<{ value: unknown }>`select value from platform.setting where name = ${SETTING}`,
  )
  const set = row ? z.array(RetentionRule).parse(row.value) : []
  return RetentionRule.shape.what.options.map((what) => ({
    what,
    days: set.find((rule) => rule.what === what)?.days ?? DEFAULT_DAYS[what],
  }))
}

/** The same; others who want to change them wait until the transaction ends. */
export async function lockRules(tx: Executor, now: Date): Promise<Rule[]> {
  await rows(
    tx,
    sql`insert into platform.setting (name, value, changed_at) values (${SETTING}, '[]', ${now}) on conflict (name) do nothing`,
  )
  await rows(tx, sql`select from platform.setting where name = ${SETTING} for update`)
  return readRules(tx)
}

/**
 * Changes rules that are locked; those not named stay as they are, of two for the same the last holds. Gives all. Refuses with `conflict` if one
 * is not any more as whoever changes it has read it.
 */
export async function writeRules(
  tx: Executor,
  before: readonly Rule[],
  changes: readonly Change[],
  now: Date,
): Promise<Rule[]> {
  const current = before.filter(({ what, days }) =>
    changes.some((change) => change.what === what && change.was !== undefined && change.was !== days),
  )
  if (current.length > 0) throw new Refusal('conflict', { current })
  const rules = before.map(({ what, days }) => ({
    what,
    days: changes.findLast((change) => change.what === what)?.days ?? days,
  }))
  await rows(
    tx,
    sql`update platform.setting set value = ${JSON.stringify(rules)}, changed_at = ${now} where name = ${SETTING}`,
  )
  return rules
}
