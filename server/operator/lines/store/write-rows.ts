import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type {
  BucketState,
  ConnectedState,
  DiscountState,
  HoldState,
  LineState,
  PromisedState,
  UsageState,
} from '../line-state.ts'

/** What belongs to a line of some id. */
export interface Of<T> {
  readonly lineId: string
  readonly row: T
}

const columnsOf =
  <T>(list: readonly T[]) =>
  <V>(value: (item: T) => V): V[] =>
    list.map(value)

const orNull = (text: string) => (text === '' ? null : text)

/** Writes down how lines stand now and when the rating job has to look next. */
export async function updateLines(
  tx: Executor,
  lines: readonly { readonly line: LineState; readonly dueAt: Date | null }[],
): Promise<void> {
  const column = columnsOf(lines)
  await rows(
    tx,
    sql`
      update lines.line l set state = n.state, blocked_for = n.blocked_for, tariff_id = n.tariff_id,
        next_tariff_id = n.next_tariff_id, tariff_changed_at = n.tariff_changed_at, anchor_at = n.anchor_at,
        period_no = n.period_no, period_from = n.period_from, period_to = n.period_to, period_paid = n.period_paid,
        content_banned_at = n.content_banned_at, spend_month_limit = n.spend_month_limit, spent_month = n.spent_month,
        spent_kopecks = n.spent_kopecks, roaming_day_limit = n.roaming_day_limit, roaming_day = n.roaming_day,
        roaming_kopecks = n.roaming_kopecks, top_up_below = n.top_up_below, top_up_amount = n.top_up_amount,
        top_up_monthly_max = n.top_up_monthly_max, top_up_asked = n.top_up_asked, ended_at = n.ended_at,
        retry_at = n.retry_at, due_at = n.due_at, set_aside = false, usage_hour = n.usage_hour, past = n.past,
        fee_warned_for = n.fee_warned_for
      from unnest(
        ${column(({ line }) => line.id)}::uuid[], ${column(({ line }) => line.state)}::text[],
        ${column(({ line }) => line.blockedFor)}::text[], ${column(({ line }) => line.tariff.id)}::uuid[],
        ${column(({ line }) => line.nextTariff?.id ?? null)}::uuid[],
        ${column(({ line }) => line.tariffChangedAt)}::timestamptz[],
        ${column(({ line }) => line.period.anchorAt)}::timestamptz[], ${column(({ line }) => line.period.no)}::int[],
        ${column(({ line }) => line.period.from)}::timestamptz[], ${column(({ line }) => line.period.to)}::timestamptz[],
        ${column(({ line }) => line.period.paid)}::boolean[],
        ${column(({ line }) => line.contentBannedAt)}::timestamptz[],
        ${column(({ line }) => line.limits.spendMonthKopecks)}::bigint[],
        ${column(({ line }) => orNull(line.spent.month))}::text[], ${column(({ line }) => line.spent.kopecks)}::bigint[],
        ${column(({ line }) => line.limits.roamingDayKopecks)}::bigint[],
        ${column(({ line }) => orNull(line.roaming.day))}::date[],
        ${column(({ line }) => line.roaming.kopecks)}::bigint[],
        ${column(({ line }) => line.autoTopUp?.belowKopecks ?? null)}::bigint[],
        ${column(({ line }) => line.autoTopUp?.amountKopecks ?? null)}::bigint[],
        ${column(({ line }) => line.autoTopUp?.monthlyMaxKopecks ?? null)}::bigint[],
        ${column(({ line }) => line.topUpAsked)}::boolean[],
        ${column(({ line }) => line.endedAt)}::timestamptz[], ${column(({ line }) => line.retryAt)}::timestamptz[],
        ${column(({ dueAt }) => dueAt)}::timestamptz[], ${column(({ line }) => line.usageHour)}::timestamptz[],
        ${column(({ line }) => pastOf(line))}::jsonb[], ${column(({ line }) => line.feeWarnedFor)}::timestamptz[]
      ) as n (id, state, blocked_for, tariff_id, next_tariff_id, tariff_changed_at, anchor_at, period_no, period_from, period_to,
        period_paid, content_banned_at, spend_month_limit, spent_month, spent_kopecks, roaming_day_limit, roaming_day,
        roaming_kopecks, top_up_below, top_up_amount, top_up_monthly_max, top_up_asked, ended_at, retry_at, due_at,
        usage_hour, past, fee_warned_for)
      where l.id = n.id`,
  )
}

/** The same for lines that were read at rest: what moving money and giving buckets changes of their rows. */
export async function updateResting(
  tx: Executor,
  lines: readonly {
    readonly line: Pick<LineState, 'id' | 'spent' | 'roaming' | 'topUpAsked'>
    readonly dueAt: Date | null
  }[],
): Promise<void> {
  const column = columnsOf(lines)
  await rows(
    tx,
    sql`
      update lines.line l set spent_month = n.spent_month, spent_kopecks = n.spent_kopecks, roaming_day = n.roaming_day,
        roaming_kopecks = n.roaming_kopecks, top_up_asked = n.top_up_asked, due_at = n.due_at
      from unnest(${column(({ line }) => line.id)}::uuid[],
        ${column(({ line }) => orNull(line.spent.month))}::text[], ${column(({ line }) => line.spent.kopecks)}::bigint[],
        ${column(({ line }) => orNull(line.roaming.day))}::date[], ${column(({ line }) => line.roaming.kopecks)}::bigint[],
        ${column(({ line }) => line.topUpAsked)}::boolean[], ${column(({ dueAt }) => dueAt)}::timestamptz[])
        as n (id, spent_month, spent_kopecks, roaming_day, roaming_kopecks, top_up_asked, due_at)
      where l.id = n.id`,
  )
}

/** null = there is nothing to remember, as for most lines most of the time. */
function pastOf({ past: { packages, tariffs } }: LineState): string | null {
  if (packages.length === 0 && tariffs.length === 0) return null
  return JSON.stringify({ packages, tariffs: tariffs.map(({ tariff, to }) => ({ id: tariff.id, to })) })
}

export async function upsertBuckets(
  tx: Executor,
  list: readonly Of<BucketState>[],
  now: Date,
): Promise<void> {
  const column = columnsOf(list)
  await rows(
    tx,
    sql`
      insert into lines.bucket (id, line_id, type, source, offering_id, connected_id, total, expires_at, filled_at, ended, created_at)
      select n.*, ${now} from unnest(
        ${column(({ row }) => row.id)}::uuid[], ${column(({ lineId }) => lineId)}::uuid[],
        ${column(({ row }) => row.type)}::text[], ${column(({ row }) => row.source)}::text[],
        ${column(({ row }) => row.offeringId)}::uuid[], ${column(({ row }) => row.connectedId)}::uuid[],
        ${column(({ row }) => row.total)}::bigint[], ${column(({ row }) => row.expiresAt)}::timestamptz[],
        ${column(({ row }) => row.filledAt)}::timestamptz[], ${column(({ row }) => row.ended)}::boolean[]) as n
      on conflict (id) do update set offering_id = excluded.offering_id, total = excluded.total,
        expires_at = excluded.expires_at, filled_at = excluded.filled_at, ended = excluded.ended`,
  )
}

export async function insertHolds(tx: Executor, list: readonly Of<HoldState>[]): Promise<void> {
  const column = columnsOf(list)
  await rows(
    tx,
    sql`insert into lines.hold (line_id, type, account_id)
      select * from unnest(${column(({ lineId }) => lineId)}::uuid[], ${column(({ row }) => row.type)}::text[],
        ${column(({ row }) => row.accountId)}::uuid[])`,
  )
}

export async function deleteBuckets(tx: Executor, ids: readonly string[]): Promise<void> {
  await rows(tx, sql`delete from lines.bucket where id = any(${[...ids]}::uuid[])`)
}

export async function upsertConnected(tx: Executor, list: readonly Of<ConnectedState>[]): Promise<void> {
  const column = columnsOf(list)
  await rows(
    tx,
    sql`
      insert into lines.connected (id, line_id, kind, code, offering_id, since, anchor_at, charge_no, next_charge_at, ends_at,
        paused_for, consent_at, consent_through, consent_words, ended_at)
      select * from unnest(
        ${column(({ row }) => row.id)}::uuid[], ${column(({ lineId }) => lineId)}::uuid[],
        ${column(({ row }) => row.offering.terms.kind)}::text[], ${column(({ row }) => row.offering.terms.code)}::text[],
        ${column(({ row }) => row.offering.id)}::uuid[], ${column(({ row }) => row.since)}::timestamptz[],
        ${column(({ row }) => row.anchorAt)}::timestamptz[], ${column(({ row }) => row.chargeNo)}::int[],
        ${column(({ row }) => row.nextChargeAt)}::timestamptz[], ${column(({ row }) => row.endsAt)}::timestamptz[],
        ${column(({ row }) => row.pausedFor)}::text[], ${column(({ row }) => row.consent?.at ?? null)}::timestamptz[],
        ${column(({ row }) => row.consent?.through ?? null)}::text[], ${column(({ row }) => row.consent?.words ?? null)}::text[],
        ${column(({ row }) => row.endedAt)}::timestamptz[])
      on conflict (id) do update set anchor_at = excluded.anchor_at, charge_no = excluded.charge_no,
        next_charge_at = excluded.next_charge_at, paused_for = excluded.paused_for, ended_at = excluded.ended_at`,
  )
}

export async function upsertDiscounts(tx: Executor, list: readonly Of<DiscountState>[]): Promise<void> {
  const column = columnsOf(list)
  await rows(
    tx,
    sql`
      insert into lines.discount (id, line_id, offering_id, since, ends_at, ended_at)
      select * from unnest(
        ${column(({ row }) => row.id)}::uuid[], ${column(({ lineId }) => lineId)}::uuid[],
        ${column(({ row }) => row.offering.id)}::uuid[], ${column(({ row }) => row.since)}::timestamptz[],
        ${column(({ row }) => row.endsAt)}::timestamptz[], ${column(({ row }) => row.endedAt)}::timestamptz[])
      on conflict (id) do update set ended_at = excluded.ended_at`,
  )
}

export async function upsertPromised(tx: Executor, list: readonly Of<PromisedState>[]): Promise<void> {
  const column = columnsOf(list)
  await rows(
    tx,
    sql`
      insert into lines.promised_payment
        (id, line_id, kopecks, fee_kopecks, taken_at, due_at, overdue, repaid_kopecks, repayments, closed_at)
      select * from unnest(
        ${column(({ row }) => row.id)}::uuid[], ${column(({ lineId }) => lineId)}::uuid[],
        ${column(({ row }) => row.kopecks)}::bigint[], ${column(({ row }) => row.feeKopecks)}::bigint[],
        ${column(({ row }) => row.takenAt)}::timestamptz[], ${column(({ row }) => row.dueAt)}::timestamptz[],
        ${column(({ row }) => row.overdue)}::boolean[], ${column(({ row }) => row.repaidKopecks)}::bigint[],
        ${column(({ row }) => row.repayments)}::int[], ${column(({ row }) => row.closedAt)}::timestamptz[])
      on conflict (id) do update set overdue = excluded.overdue, repaid_kopecks = excluded.repaid_kopecks,
        repayments = excluded.repayments, closed_at = excluded.closed_at`,
  )
}

/** Notes what was settled: it waits no more. */
export async function settleRows(tx: Executor, list: readonly Of<UsageState>[]): Promise<void> {
  const column = columnsOf(list)
  await rows(
    tx,
    sql`
      update lines.usage u set packaged = n.packaged, kopecks = n.kopecks, due_at = null
      from unnest(${column(({ lineId }) => lineId)}::uuid[], ${column(({ row }) => row.at)}::timestamptz[],
        ${column(({ row }) => row.id)}::uuid[], ${column(({ row }) => row.packaged)}::bigint[],
        ${column(({ row }) => row.kopecks)}::bigint[]) as n (line_id, at, id, packaged, kopecks)
      where u.line_id = n.line_id and u.at = n.at and u.id = n.id`,
  )
}

/** A row of the bill, ready to be stored. */
export interface ChargeRow {
  readonly id: string
  readonly lineId: string
  readonly at: Date
  readonly category: string
  readonly kopecks: number
  readonly title: { readonly ru: string; readonly en: string }
  readonly code: string | null
  readonly transferId: string
}

export async function insertCharges(tx: Executor, list: readonly ChargeRow[]): Promise<void> {
  const column = columnsOf(list)
  await rows(
    tx,
    sql`
      insert into lines.charge (id, line_id, at, category, kopecks, title_ru, title_en, code, transfer_id)
      select * from unnest(
        ${column((row) => row.id)}::uuid[], ${column((row) => row.lineId)}::uuid[], ${column((row) => row.at)}::timestamptz[],
        ${column((row) => row.category)}::text[], ${column((row) => row.kopecks)}::bigint[],
        ${column((row) => row.title.ru)}::text[], ${column((row) => row.title.en)}::text[],
        ${column((row) => row.code)}::text[], ${column((row) => row.transferId)}::uuid[])`,
  )
}
