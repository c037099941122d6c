import type { Offering, OfferingTerms } from '../../../contracts/catalogue.ts'
import type { Executor } from '../../platform/database/index.ts'
import { readOfferings } from '../catalogue/index.ts'
import { NO_PAST } from './draft/past.ts'
import type {
  BucketState,
  ConnectedState,
  DiscountState,
  HoldState,
  LineState,
  OfferingOf,
  Past,
  PromisedState,
  UsageState,
} from './line-state.ts'
import {
  type BucketRow,
  type ConnectedRow,
  type DiscountRow,
  type HoldRow,
  type LineRow,
  type PastRow,
  type PromisedRow,
  selectLines,
  selectRestingLines,
  type UsageRow,
} from './store/read-rows.ts'

const when = (text: string | null): Date | null => (text === null ? null : new Date(text))

function balanceOn(accountId: string, balance: number | null): number {
  if (balance === null) throw new Error(`a line’s account ${accountId} is not in the ledger`)
  return balance
}

/** Lines as they stand in the tables, by id: one statement, and another for offerings that this process has not read before. */
export async function loadLines(db: Executor, ids: readonly string[]): Promise<Map<string, LineState>> {
  return ids.length === 0 ? new Map() : statesOf(db, await selectLines(db, ids))
}

/** The same for whoever moves nothing but money and what is on hold: lines at rest are read without what else hangs on them. */
export async function loadRestingLines(
  db: Executor,
  ids: readonly string[],
  now: Date,
): Promise<Map<string, LineState>> {
  return ids.length === 0 ? new Map() : statesOf(db, await selectRestingLines(db, ids, now))
}

/** The same of rows that have been read. */
export async function statesOf(db: Executor, found: readonly LineRow[]): Promise<Map<string, LineState>> {
  const stateOf = stateMaker(await readOfferings(db, found.flatMap(offeringsOf)))
  return new Map(found.map((row) => [row.id, stateOf(row)]))
}

const offeringsOf = ({ tariffId, nextTariffId, connected, discounts, past }: LineRow) => [
  tariffId,
  ...(nextTariffId === null ? [] : [nextTariffId]),
  ...connected.map(([, offeringId]) => offeringId),
  ...discounts.map(([, offeringId]) => offeringId),
  ...(past === null ? [] : past.tariffs.map(({ id }) => id)),
]

function stateMaker(offerings: ReadonlyMap<string, Offering>) {
  const offering = <K extends OfferingTerms['kind']>(id: string, ...kinds: K[]): OfferingOf<K> => {
    const known = offerings.get(id)
    if (!known || !isOneOf(known, kinds)) throw new Error(`offering ${id} is no ${kinds.join(' or ')}`)
    return known
  }
  const connected = ([
    id,
    offeringId,
    since,
    anchorAt,
    chargeNo,
    nextChargeAt,
    endsAt,
    pausedFor,
    ...consent
  ]: ConnectedRow): ConnectedState => ({
    id,
    offering: offering(offeringId, 'option', 'content'),
    since: new Date(since),
    anchorAt: new Date(anchorAt),
    chargeNo,
    nextChargeAt: when(nextChargeAt),
    endsAt: when(endsAt),
    pausedFor,
    consent: consentOf(consent),
    endedAt: null,
  })
  const discount = ([id, offeringId, since, endsAt]: DiscountRow): DiscountState => ({
    id,
    offering: offering(offeringId, 'discount'),
    since: new Date(since),
    endsAt: when(endsAt),
    endedAt: null,
  })
  const past = ({ packages, tariffs }: PastRow): Past => ({
    packages: packages.map((over) => ({ ...over, from: new Date(over.from), to: new Date(over.to) })),
    tariffs: tariffs.map(({ id, to }) => ({ tariff: offering(id, 'tariff'), to: new Date(to) })),
  })
  return (row: LineRow): LineState => ({
    id: row.id,
    msisdn: row.msisdn,
    region: row.region,
    timeZone: row.timeZone,
    openedAt: row.openedAt,
    state: row.state,
    blockedFor: row.blockedFor,
    endedAt: row.endedAt,
    tariff: offering(row.tariffId, 'tariff'),
    nextTariff: row.nextTariffId === null ? null : offering(row.nextTariffId, 'tariff'),
    tariffChangedAt: row.tariffChangedAt,
    period: {
      anchorAt: row.anchorAt,
      no: row.periodNo,
      from: row.periodFrom,
      to: row.periodTo,
      paid: row.periodPaid,
    },
    feeWarnedFor: row.feeWarnedFor,
    cash: { id: row.cashId, balance: balanceOn(row.cashId, row.cash) },
    held: { id: row.heldId, balance: balanceOn(row.heldId, row.held) },
    buckets: row.buckets.map(bucketOf),
    holds: row.holds.map(holdOf),
    connected: row.connected.map(connected).sort(bySince),
    discounts: row.discounts.map(discount).sort(bySince),
    promised: row.promised && promisedOf(row.promised),
    contentBannedAt: row.contentBannedAt,
    limits: { spendMonthKopecks: row.spendMonthLimit, roamingDayKopecks: row.roamingDayLimit },
    spent: { month: row.spentMonth ?? '', kopecks: row.spentKopecks },
    roaming: { day: row.roamingDay ?? '', kopecks: row.roamingKopecks },
    autoTopUp: autoTopUpOf(row),
    topUpAsked: row.topUpAsked,
    codeWordSet: row.codeWordSet,
    usage: row.usage.map(usageOf).sort(byTime),
    usageHour: row.usageHour,
    past: row.past === null ? NO_PAST : past(row.past),
    retryAt: row.retryAt,
    restsUntil: row.restsUntil ?? null,
  })
}

function isOneOf<K extends OfferingTerms['kind']>(
  offering: Offering,
  kinds: readonly K[],
): offering is OfferingOf<K> {
  return kinds.some((kind) => kind === offering.terms.kind)
}

interface Named {
  readonly id: string
}
const byId = (a: Named, b: Named) => (a.id < b.id ? -1 : 1)
const bySince = (a: Named & { since: Date }, b: Named & { since: Date }) =>
  a.since.getTime() - b.since.getTime() || byId(a, b)
const byTime = (a: Named & { at: Date }, b: Named & { at: Date }) =>
  a.at.getTime() - b.at.getTime() || byId(a, b)

const bucketOf = ([
  id,
  type,
  source,
  offeringId,
  connectedId,
  total,
  left,
  expiresAt,
  filledAt,
  ended,
]: BucketRow): BucketState => ({
  id,
  type,
  source,
  offeringId,
  connectedId,
  total,
  left: balanceOn(id, left),
  expiresAt: when(expiresAt),
  filledAt: new Date(filledAt),
  ended,
})

const holdOf = ([type, accountId, amount]: HoldRow): HoldState => ({
  type,
  accountId,
  amount: balanceOn(accountId, amount),
})

function consentOf([at, through, words]: readonly (string | null)[]): ConnectedState['consent'] {
  if (at === undefined || at === null) return null
  return { at: new Date(at), through: through ?? '', words: words ?? '' }
}

const promisedOf = ({ takenAt, dueAt, ...row }: PromisedRow): PromisedState => ({
  ...row,
  takenAt: new Date(takenAt),
  dueAt: new Date(dueAt),
  closedAt: null,
})

const usageOf = ([id, at, type, direction, amount, roaming]: UsageRow): UsageState => ({
  id,
  at: new Date(at),
  type,
  direction,
  amount,
  roaming,
  packaged: 0,
  kopecks: 0,
})

function autoTopUpOf({ topUpBelow, topUpAmount, topUpMonthlyMax }: LineRow): LineState['autoTopUp'] {
  if (topUpBelow === null || topUpAmount === null || topUpMonthlyMax === null) return null
  return { belowKopecks: topUpBelow, amountKopecks: topUpAmount, monthlyMaxKopecks: topUpMonthlyMax }
}
