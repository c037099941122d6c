import type { LineRole } from '../../../../contracts/lines.ts'
import { anyOf, type Executor, type RawSql, rows, sql } from '../../../platform/database/index.ts'
import { balanceOf } from '../../ledger/index.ts'
import type {
  BlockReason,
  BucketState,
  LineState,
  PastPackage,
  PauseReason,
  UsageState,
} from '../line-state.ts'
import { rolesHoldUntil, rolesOn } from './identities.ts'

/** A line with what hangs on it, as the tables keep it; offerings by id, instants within lists as text. */
export interface LineRow {
  readonly id: string
  /** How often it was written. */
  readonly version: number
  readonly msisdn: string
  readonly region: string
  readonly timeZone: string
  readonly state: LineState['state']
  readonly blockedFor: BlockReason | null
  readonly cashId: string
  /** What is on it; null = it is not in the ledger. */
  readonly cash: number | null
  readonly heldId: string
  readonly held: number | null
  readonly tariffId: string
  readonly nextTariffId: string | null
  readonly tariffChangedAt: Date | null
  readonly anchorAt: Date
  readonly periodNo: number
  readonly periodFrom: Date
  readonly periodTo: Date
  readonly periodPaid: boolean
  readonly feeWarnedFor: Date | null
  readonly contentBannedAt: Date | null
  readonly spendMonthLimit: number | null
  readonly spentMonth: string | null
  readonly spentKopecks: number
  readonly roamingDayLimit: number | null
  readonly roamingDay: string | null
  readonly roamingKopecks: number
  readonly topUpBelow: number | null
  readonly topUpAmount: number | null
  readonly topUpMonthlyMax: number | null
  readonly topUpAsked: boolean
  readonly codeWordSet: boolean
  readonly openedAt: Date
  readonly endedAt: Date | null
  readonly retryAt: Date | null
  readonly buckets: readonly BucketRow[]
  readonly holds: readonly HoldRow[]
  readonly connected: readonly ConnectedRow[]
  readonly discounts: readonly DiscountRow[]
  readonly promised: PromisedRow | null
  readonly usage: readonly UsageRow[]
  readonly usageHour: Date | null
  readonly past: PastRow | null
  /** Set: the line is at rest until then, and of what hangs on it only what is on hold was read. */
  readonly restsUntil?: Date | null
}

// What hangs on a line comes as lists by the place of each column: names in each of them cost PostgreSQL more than what they name.

export type BucketRow = readonly [
  id: string,
  type: BucketState['type'],
  source: BucketState['source'],
  offeringId: string | null,
  connectedId: string | null,
  total: number | null,
  left: number | null,
  expiresAt: string | null,
  filledAt: string,
  ended: boolean,
]

type Text<T, K extends keyof T> = Omit<T, K> & { readonly [N in K]: string }

export interface PastRow {
  readonly packages: readonly Text<PastPackage, 'from' | 'to'>[]
  readonly tariffs: readonly { readonly id: string; readonly to: string }[]
}

export type HoldRow = readonly [type: BucketState['type'], accountId: string, amount: number | null]

export type ConnectedRow = readonly [
  id: string,
  offeringId: string,
  since: string,
  anchorAt: string,
  chargeNo: number,
  nextChargeAt: string | null,
  endsAt: string | null,
  pausedFor: PauseReason | null,
  consentAt: string | null,
  consentThrough: string | null,
  consentWords: string | null,
]

export type DiscountRow = readonly [id: string, offeringId: string, since: string, endsAt: string | null]

export interface PromisedRow {
  readonly id: string
  readonly kopecks: number
  readonly feeKopecks: number
  readonly takenAt: string
  readonly dueAt: string
  readonly overdue: boolean
  readonly repaidKopecks: number
  readonly repayments: number
}

export type UsageRow = readonly [
  id: string,
  at: string,
  type: UsageState['type'],
  direction: UsageState['direction'],
  amount: number,
  roaming: string | null,
]

/** What somebody is on a line. */
export interface RoleRow {
  readonly partyId: string
  readonly role: LineRole
}

/** A line with what its people are on it, the owner first. */
export interface SharedLineRow extends LineRow {
  readonly roles: readonly RoleRow[]
  /** When the clock makes others of its people; null: never. */
  readonly peopleUntil: Date | null
}

/** Locks lines in the order of their ids. Gives those that there are. */
export async function lockRows(tx: Executor, ids: readonly string[]): Promise<string[]> {
  const locked = await rows(
    tx,
    sql<{ id: string }>`select id from lines.line where id = any(${[...ids]}::uuid[]) order by id for update`,
  )
  return locked.map(({ id }) => id)
}

/** Locks lines for which something is due, the longest waiting first; those that somebody else holds are left to them. */
export async function claimRows(tx: Executor, now: Date, limit: number): Promise<string[]> {
  const claimed = await rows(
    tx,
    sql<{
      id: string
    }>`select id from lines.line where due_at <= ${now} order by due_at limit ${limit} for update skip locked`,
  )
  return claimed.map(({ id }) => id)
}

/**
 * Lines with all that hangs on them and what is on their accounts, in one statement and therefore one view: whatever happens to a line
 * meanwhile has happened to all of it or to nothing. In no order.
 */
export function selectLines(db: Executor, ids: readonly string[]): Promise<LineRow[]> {
  return rows(db, sql<LineRow>`select ${COLUMNS} from lines.line l where l.id = ${anyOf(ids)}`)
}

/**
 * The same for whoever moves nothing but money and what is on hold: of lines that are at rest at an instant nothing else is read. A line is at
 * rest if it is active, nothing of it falls due by then, and neither usage nor a subscription waits for anything.
 */
export function selectRestingLines(db: Executor, ids: readonly string[], now: Date): Promise<LineRow[]> {
  // `offset 0`: asked once a line, and not once a list.
  return rows(
    db,
    sql<LineRow>`select ${OWN_COLUMNS}, case when r.rests then l.due_at end as "restsUntil", ${hangingUnless(sql`r.rests`)}
      from lines.line l cross join lateral (select ${atRest(now)} as rests offset 0) r where l.id = ${anyOf(ids)}`,
  )
}

/** The same with their people at an instant: what is seen of a line and who may see it are of one view. */
export function selectSharedLines(db: Executor, ids: readonly string[], now: Date): Promise<SharedLineRow[]> {
  return rows(
    db,
    sql<SharedLineRow>`select ${COLUMNS}, ${rolesOn(sql`l.id`, now)} as roles, ${rolesHoldUntil(sql`l.id`, now)} as "peopleUntil"
      from lines.line l where l.id = ${anyOf(ids)}`,
  )
}

/** Rows that hang on the line `l`, as a list in JSON, in no order. */
const listOf = (columns: RawSql, hanging: RawSql): RawSql =>
  sql`coalesce((select json_agg(json_build_array(${columns})) from ${hanging}), '[]')`

const BUCKETS = listOf(
  sql`b.id, b.type, b.source, b.offering_id, b.connected_id, b.total, ${balanceOf(sql`b.id`)}, b.expires_at, b.filled_at, b.ended`,
  sql`lines.bucket b where b.line_id = l.id`,
)
const HOLDS = listOf(
  sql`h.type, h.account_id, ${balanceOf(sql`h.account_id`)}`,
  sql`lines.hold h where h.line_id = l.id`,
)
const CONNECTED = listOf(
  sql`id, offering_id, since, anchor_at, charge_no, next_charge_at, ends_at, paused_for, consent_at, consent_through, consent_words`,
  sql`lines.connected where line_id = l.id and ended_at is null`,
)
const DISCOUNTS = listOf(
  sql`id, offering_id, since, ends_at`,
  sql`lines.discount where line_id = l.id and ended_at is null`,
)
const USAGE = listOf(
  sql`id, at, type, direction, amount, roaming`,
  sql`lines.usage where line_id = l.id and due_at is not null`,
)
const PROMISED = sql`(
  select json_build_object('id', id, 'kopecks', kopecks, 'feeKopecks', fee_kopecks, 'takenAt', taken_at, 'dueAt', due_at,
    'overdue', overdue, 'repaidKopecks', repaid_kopecks, 'repayments', repayments)
  from lines.promised_payment where line_id = l.id and closed_at is null)`

/** The due time is that of whatever comes first, unless the line was set aside after a failure. */
const atRest = (now: Date): RawSql => sql`
  (l.state = 'active' and l.due_at > ${now} and not l.set_aside and l.period_paid and l.retry_at is null
    and not exists (select from lines.usage u where u.line_id = l.id and u.due_at is not null)
    and not exists (select from lines.connected c
      where c.line_id = l.id and c.ended_at is null and c.paused_for is not null))`

/** What hangs on the line `l` beside what is on hold; nothing of it where the condition holds. */
const hangingUnless = (condition: RawSql): RawSql => sql`
  case when ${condition} then '[]' else ${BUCKETS} end as buckets, case when ${condition} then '[]' else ${CONNECTED} end as connected,
  case when ${condition} then '[]' else ${DISCOUNTS} end as discounts, case when ${condition} then '[]' else ${USAGE} end as usage,
  case when ${condition} then null else ${PROMISED} end as promised`

const OWN_COLUMNS = sql`
        l.id, l.version, l.msisdn, l.region, l.time_zone as "timeZone", l.state, l.blocked_for as "blockedFor", l.cash_id as "cashId", ${balanceOf(sql`l.cash_id`)} as cash,
        l.held_id as "heldId", ${balanceOf(sql`l.held_id`)} as held, l.tariff_id as "tariffId", l.next_tariff_id as "nextTariffId",
        l.tariff_changed_at as "tariffChangedAt", l.anchor_at as "anchorAt", l.period_no as "periodNo",
        l.period_from as "periodFrom", l.period_to as "periodTo", l.period_paid as "periodPaid", l.fee_warned_for as "feeWarnedFor",
        l.content_banned_at as "contentBannedAt", l.spend_month_limit as "spendMonthLimit", l.spent_month as "spentMonth",
        l.spent_kopecks as "spentKopecks", l.roaming_day_limit as "roamingDayLimit", l.roaming_day as "roamingDay",
        l.roaming_kopecks as "roamingKopecks", l.top_up_below as "topUpBelow", l.top_up_amount as "topUpAmount",
        l.top_up_monthly_max as "topUpMonthlyMax", l.top_up_asked as "topUpAsked", l.code_word_hash is not null as "codeWordSet",
        l.opened_at as "openedAt", l.ended_at as "endedAt", l.retry_at as "retryAt",
        l.usage_hour as "usageHour", l.past,
        ${HOLDS} as holds`

const COLUMNS = sql`${OWN_COLUMNS}, ${BUCKETS} as buckets, ${CONNECTED} as connected, ${DISCOUNTS} as discounts, ${USAGE} as usage, ${PROMISED} as promised`
