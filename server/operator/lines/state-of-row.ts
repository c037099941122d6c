import type { Offering, OfferingTerms } from '../../../contracts/catalogue.ts'
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
import type {
  BucketRow,
  ConnectedRow,
  DiscountRow,
  HoldRow,
  LineRow,
  PastRow,
  PromisedRow,
  UsageRow,
} from './store/read-rows.ts'

type Offerings = ReadonlyMap<string, Offering>

/** The offerings that a line's row names by their ids. */
export const offeringsOf = ({ tariffId, nextTariffId, connected, discounts, past }: LineRow) => [
  tariffId,
  ...(nextTariffId === null ? [] : [nextTariffId]),
  ...connected.map(([, offeringId]) => offeringId),
  ...discounts.map(([, offeringId]) => offeringId),
  ...(past === null ? [] : past.tariffs.map(({ id }) => id)),
]

/** A line as it stands, out of its row. Throws for what cannot be: an offering of another kind, an account outside of the ledger. */
export const stateOf = (row: LineRow, offerings: Offerings): LineState => ({
  id: row.id,
  msisdn: row.msisdn,
  region: row.region,
  timeZone: row.timeZone,
  openedAt: row.openedAt,
  state: row.state,
  blockedFor: row.blockedFor,
  endedAt: row.endedAt,
  tariff: offeringOf(offerings, row.tariffId, 'tariff'),
  nextTariff: row.nextTariffId === null ? null : offeringOf(offerings, row.nextTariffId, 'tariff'),
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
  connected: row.connected.map((one) => connectedOf(one, offerings)).sort(bySince),
  discounts: row.discounts.map((one) => discountOf(one, offerings)).sort(bySince),
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
  past: row.past === null ? NO_PAST : pastOf(row.past, offerings),
  retryAt: row.retryAt,
  restsUntil: row.restsUntil ?? null,
})

const when = (text: string | null): Date | null => (text === null ? null : new Date(text))

function balanceOn(accountId: string, balance: number | null): number {
  if (balance === null) throw new Error(`a line’s account ${accountId} is not in the ledger`)
  return balance
}

function offeringOf<K extends OfferingTerms['kind']>(
  offerings: Offerings,
  id: string,
  ...kinds: K[]
): OfferingOf<K> {
  const known = offerings.get(id)
  if (!known || !isOneOf(known, kinds)) throw new Error(`offering ${id} is no ${kinds.join(' or ')}`)
  return known
}

const connectedOf = (
  [id, offeringId, since, anchorAt, chargeNo, nextChargeAt, endsAt, pausedFor, ...consent]: ConnectedRow,
  offerings: Offerings,
): ConnectedState => ({
  id,
  offering: offeringOf(offerings, offeringId, 'option', 'content'),
  since: new Date(since),
  anchorAt: new Date(anchorAt),
  chargeNo,
  nextChargeAt: when(nextChargeAt),
  endsAt: when(endsAt),
  pausedFor,
  consent: consentOf(consent),
  endedAt: null,
})

const discountOf = ([id, offeringId, since, endsAt]: DiscountRow, offerings: Offerings): DiscountState => ({
  id,
  offering: offeringOf(offerings, offeringId, 'discount'),
  since: new Date(since),
  endsAt: when(endsAt),
  endedAt: null,
})

const pastOf = ({ packages, tariffs }: PastRow, offerings: Offerings): Past => ({
  packages: packages.map((over) => ({ ...over, from: new Date(over.from), to: new Date(over.to) })),
  tariffs: tariffs.map(({ id, to }) => ({ tariff: offeringOf(offerings, id, 'tariff'), to: new Date(to) })),
})

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
