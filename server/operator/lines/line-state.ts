import type { z } from 'zod'
import type { TrafficType } from '../../../contracts/amounts.ts'
import type { OfferingTerms } from '../../../contracts/catalogue.ts'
import type { BucketSource, Line, LineState as State } from '../../../contracts/lines.ts'

type Kind = OfferingTerms['kind']

/** An offering of one kind: a tariff, an option … with its terms. */
export type OfferingOf<K extends Kind> = {
  readonly id: string
  readonly terms: Extract<OfferingTerms, { kind: K }>
}
export type Tariff = OfferingOf<'tariff'>
export type BlockReason = NonNullable<z.infer<typeof Line>['blockedFor']>

/** A ledger account with what was on it when the line was read. */
export interface Account {
  readonly id: string
  balance: number
}

export interface BucketState {
  /** Also the id of its ledger account, which stays empty where there is no limit (`total` null). */
  readonly id: string
  readonly type: TrafficType
  readonly source: BucketSource
  offeringId: string | null
  readonly connectedId: string | null
  total: number | null
  left: number
  expiresAt: Date | null
  /** When it was last filled. */
  filledAt: Date
  /** At rest until its next period; not to be shown. */
  ended: boolean
}

export type PauseReason = 'balance' | 'limit' | 'line'

/** Volume of a type that is set aside: it is the line's and cannot be used. */
export interface HoldState {
  readonly type: TrafficType
  readonly accountId: string
  amount: number
}

/** An option or a third party's subscription. */
export interface ConnectedState {
  readonly id: string
  readonly offering: OfferingOf<'option' | 'content'>
  readonly since: Date
  /** Charges are counted from here: number `chargeNo` falls due at `nextChargeAt`. */
  anchorAt: Date
  chargeNo: number
  /** null: charged once, or paused. */
  nextChargeAt: Date | null
  endsAt: Date | null
  pausedFor: PauseReason | null
  readonly consent: { readonly at: Date; readonly through: string; readonly words: string } | null
  endedAt: Date | null
}

/** A call, a message or some data that the network has reported and that is not settled yet. */
export interface UsageState {
  readonly id: string
  readonly at: Date
  readonly type: TrafficType
  readonly direction: 'out' | 'in'
  /** In bytes, seconds or pieces. */
  readonly amount: number
  /** The country, if it was abroad. */
  readonly roaming: string | null
  /** What packages pay of it, and what is charged for the rest. */
  packaged: number
  kopecks: number
}

/** What was left of a package when it was over. */
export interface PastPackage {
  readonly type: TrafficType
  readonly source: BucketSource
  /** Where it paid; null = at home. */
  readonly countries: readonly string[] | null
  /** It paid for what happened from its filling until its end. */
  readonly from: Date
  readonly to: Date
  /** null = it had no limit. */
  readonly left: number | null
  /** It moved on into the next period and is not lost: what comes late takes it from there. */
  readonly carried: boolean
}

/** What is remembered of a line for as long as usage may come late. */
export interface Past {
  readonly packages: readonly PastPackage[]
  /** Tariffs before this one, each until its end. */
  readonly tariffs: readonly { readonly tariff: Tariff; readonly to: Date }[]
}

export interface DiscountState {
  readonly id: string
  readonly offering: OfferingOf<'discount'>
  readonly since: Date
  readonly endsAt: Date | null
  endedAt: Date | null
}

export interface PromisedState {
  readonly id: string
  readonly kopecks: number
  readonly feeKopecks: number
  readonly takenAt: Date
  readonly dueAt: Date
  overdue: boolean
  repaidKopecks: number
  repayments: number
  closedAt: Date | null
}

export interface AutoTopUp {
  readonly belowKopecks: number
  readonly amountKopecks: number
  readonly monthlyMaxKopecks: number
}

/** A line with everything that decides what may be done to it and what will be charged. */
export interface LineState {
  readonly id: string
  readonly msisdn: string
  readonly region: string
  readonly timeZone: string
  readonly openedAt: Date
  state: State
  blockedFor: BlockReason | null
  endedAt: Date | null
  tariff: Tariff
  nextTariff: Tariff | null
  tariffChangedAt: Date | null
  /** The period under way; `paid` false = it ended and waits for money to begin anew. */
  period: { anchorAt: Date; no: number; from: Date; to: Date; paid: boolean }
  /** Of the fee at this end of a period the person has heard that it is not covered. */
  feeWarnedFor: Date | null
  /** The line's own money, and what is reserved of it. */
  readonly cash: Account
  readonly held: Account
  buckets: BucketState[]
  holds: HoldState[]
  connected: ConnectedState[]
  discounts: DiscountState[]
  promised: PromisedState | null
  contentBannedAt: Date | null
  limits: { spendMonthKopecks: number | null; roamingDayKopecks: number | null }
  /** What counts against the limits, in the month and on the day (of the line's calendar) that it counts for. */
  spent: { month: string; kopecks: number }
  roaming: { day: string; kopecks: number }
  autoTopUp: AutoTopUp | null
  /** Money was asked for when the balance fell below the threshold, and it has not risen since. */
  topUpAsked: boolean
  codeWordSet: boolean
  /** What waits to be settled, the oldest first. */
  usage: UsageState[]
  /** What paid for usage of earlier, if some of it comes late. */
  past: Past
  /** The hour in which usage was last settled. */
  usageHour: Date | null
  /** Money came at this time: what waits for it is tried again. */
  retryAt: Date | null
  /**
   * Set: nothing falls due before, nothing waits, and the line was read without its packages, options, discounts and debts, for somebody who
   * moves nothing but money and what is on hold.
   */
  readonly restsUntil: Date | null
}
