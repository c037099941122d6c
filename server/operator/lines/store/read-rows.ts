import type { LineRole } from '../../../../contracts/lines.ts'
import { anyOf, type Executor, rows, sql } from '../../../platform/database/index.ts'
import { balanceOf } from '../../ledger/index.ts'
import type {
  BlockReason,
  BucketState,
  LineState,
  PastPackage,
  PauseReason,
  UsageState,
} from '../line-state.ts'
import { rolesOn } from './identities.ts'

/** A line with what hangs on it, as the tables keep it; offerings by id, instants within lists as text. */
export interface LineRow {
  readonly id: string
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
  readonly connected: readonly ConnectedRow[]
  readonly discounts: readonly DiscountRow[]
  readonly promised: PromisedRow | null
  readonly usage: readonly UsageRow[]
  readonly usageHour: Date | null
  readonly past: PastRow | null
}

export interface BucketRow extends Omit<BucketState, 'left' | 'expiresAt' | 'filledAt'> {
  readonly left: number | null
  readonly expiresAt: string | null
  readonly filledAt: string
}

type Text<T, K extends keyof T> = Omit<T, K> & { readonly [N in K]: string }

export interface PastRow {
  readonly packages: readonly Text<PastPackage, 'from' | 'to'>[]
  readonly tariffs: readonly { readonly id: string; readonly to: string }[]
}

export interface ConnectedRow {
  readonly id: string
  readonly offeringId: string
  readonly since: string
  readonly anchorAt: string
  readonly chargeNo: number
  readonly nextChargeAt: string | null
  readonly endsAt: string | null
  readonly pausedFor: PauseReason | null
  readonly consentAt: string | null
  readonly consentThrough: string | null
  readonly consentWords: string | null
}

export interface DiscountRow {
  readonly id: string
  readonly offeringId: string
  readonly since: string
  readonly endsAt: string | null
}

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

export interface UsageRow extends Omit<UsageState, 'at' | 'packaged' | 'kopecks'> {
  readonly at: string
}

/** What somebody is on a line. */
export interface RoleRow {
  readonly partyId: string
  readonly role: LineRole
}

/** A line with what its people are on it, the owner first. */
export interface SharedLineRow extends LineRow {
  readonly roles: readonly RoleRow[]
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
  return rows(db, sql<LineRow>`select ${COLUMNS} ${FROM} where l.id = ${anyOf(ids)}`)
}

/** The same with their people at an instant: what is seen of a line and who may see it are of one view. */
export function selectSharedLines(db: Executor, ids: readonly string[], now: Date): Promise<SharedLineRow[]> {
  return rows(
    db,
    sql<SharedLineRow>`select ${COLUMNS}, ${rolesOn(sql`l.id`, now)} as roles ${FROM} where l.id = ${anyOf(ids)}`,
  )
}

const COLUMNS = sql`
        l.id, l.msisdn, l.region, l.time_zone as "timeZone", l.state, l.blocked_for as "blockedFor", l.cash_id as "cashId", ${balanceOf(sql`l.cash_id`)} as cash,
        l.held_id as "heldId", ${balanceOf(sql`l.held_id`)} as held, l.tariff_id as "tariffId", l.next_tariff_id as "nextTariffId",
        l.tariff_changed_at as "tariffChangedAt", l.anchor_at as "anchorAt", l.period_no as "periodNo",
        l.period_from as "periodFrom", l.period_to as "periodTo", l.period_paid as "periodPaid",
        l.content_banned_at as "contentBannedAt", l.spend_month_limit as "spendMonthLimit", l.spent_month as "spentMonth",
        l.spent_kopecks as "spentKopecks", l.roaming_day_limit as "roamingDayLimit", l.roaming_day as "roamingDay",
        l.roaming_kopecks as "roamingKopecks", l.top_up_below as "topUpBelow", l.top_up_amount as "topUpAmount",
        l.top_up_monthly_max as "topUpMonthlyMax", l.top_up_asked as "topUpAsked", l.code_word_hash is not null as "codeWordSet",
        l.opened_at as "openedAt", l.ended_at as "endedAt", l.retry_at as "retryAt",
        l.usage_hour as "usageHour", l.past,
        b.list as buckets, c.list as connected, d.list as discounts, p.one as promised, u.list as usage`

const FROM = sql`
      from lines.line l
      cross join lateral (
        select coalesce(json_agg(json_build_object('id', id, 'type', type, 'source', source, 'offeringId', offering_id,
          'connectedId', connected_id, 'total', total, 'left', ${balanceOf(sql`b.id`)}, 'expiresAt', expires_at, 'filledAt', filled_at, 'ended', ended)), '[]') as list
        from lines.bucket b where line_id = l.id) b
      cross join lateral (
        select coalesce(json_agg(json_build_object('id', id, 'offeringId', offering_id, 'since', since, 'anchorAt', anchor_at,
          'chargeNo', charge_no, 'nextChargeAt', next_charge_at, 'endsAt', ends_at, 'pausedFor', paused_for,
          'consentAt', consent_at, 'consentThrough', consent_through, 'consentWords', consent_words)
          order by since, id), '[]') as list
        from lines.connected where line_id = l.id and ended_at is null) c
      cross join lateral (
        select coalesce(json_agg(json_build_object('id', id, 'offeringId', offering_id, 'since', since, 'endsAt', ends_at)
          order by since, id), '[]') as list
        from lines.discount where line_id = l.id and ended_at is null) d
      cross join lateral (
        select coalesce(json_agg(json_build_object('id', id, 'at', at, 'type', type, 'direction', direction, 'amount', amount,
          'roaming', roaming) order by at, id), '[]') as list
        from lines.usage where line_id = l.id and due_at is not null) u
      left join lateral (
        select json_build_object('id', id, 'kopecks', kopecks, 'feeKopecks', fee_kopecks, 'takenAt', taken_at, 'dueAt', due_at,
          'overdue', overdue, 'repaidKopecks', repaid_kopecks, 'repayments', repayments) as one
        from lines.promised_payment where line_id = l.id and closed_at is null) p on true`
