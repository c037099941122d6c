import { z } from 'zod'
import { RetentionRule } from '../../../contracts/privacy.ts'
import { type Executor, maybeOne, rows, sql } from '../../platform/database/index.ts'

export type Rule = z.infer<typeof RetentionRule>
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

/** Changes rules; those not named stay as they are, of two for the same the last holds. Gives all. */
export async function writeRules(tx: Executor, changes: readonly Rule[], now: Date): Promise<Rule[]> {
  const rules = (await readRules(tx)).map(
    (rule) => changes.findLast((change) => change.what === rule.what) ?? rule,
  )
  await rows(
    tx,
    sql`insert into platform.setting (name, value, changed_at) values (${SETTING}, ${JSON.stringify(rules)}, ${now})
      on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at`,
  )
  return rules
}
