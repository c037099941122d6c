import type { z } from 'zod'
import type { ChargeCategory, ComingCharge } from '../../../../contracts/lines.ts'
import type { NewAccount, Transfer } from '../../ledger/index.ts'
import type {
  BucketState,
  ConnectedState,
  DiscountState,
  HoldState,
  LineState,
  PromisedState,
  UsageState,
} from '../line-state.ts'
import type { LineNoticeCode } from '../lines-context.ts'
import type { LineRules } from '../rules.ts'
import type { RatesAbroad } from '../usage/rates-abroad.ts'

export interface Title {
  readonly ru: string
  readonly en: string
}

/** One movement of a line's cash, before it is stored. */
export interface NewCharge {
  readonly at: Date
  readonly category: ChargeCategory
  /** Negative = taken. */
  readonly kopecks: number
  readonly title: Title
  readonly code: string | null
  /** The transfer that moves it, or the id of the one that has moved it already. */
  readonly transfer: Transfer | string
  /** What a person is told that this charge will be for, if it can be foreseen. */
  readonly coming: z.infer<typeof ComingCharge>['for'] | null
}

export interface Notice {
  readonly at: Date
  readonly notice: LineNoticeCode
  readonly facts: Readonly<Record<string, string | number>>
  /** The contact point at which somebody asked for it and has its answer. */
  readonly askedFrom?: string | undefined
}

/** Why volume that was set aside is the line's to use again, whoever had it set aside. */
export type ReleaseReason = 'period-end' | 'tariff-change' | 'line-blocked' | 'line-ended' | 'holder-changed'

export interface Release {
  readonly type: HoldState['type']
  readonly why: ReleaseReason
  readonly at: Date
}

/** What working on a line has changed and is not stored yet. */
export interface Changes {
  /** Anything of the line, also what stands in tables of their own. */
  touched: boolean
  readonly accounts: NewAccount[]
  readonly transfers: Transfer[]
  readonly charges: NewCharge[]
  readonly buckets: Set<BucketState>
  readonly bucketsGone: Set<BucketState>
  /** Those that the line had none of before. */
  readonly holds: Set<HoldState>
  readonly releases: Release[]
  readonly connected: Set<ConnectedState>
  readonly discounts: Set<DiscountState>
  readonly promised: Set<PromisedState>
  readonly notices: Notice[]
  /** What was settled with these transfers. */
  readonly usage: Set<UsageState>
}

/**
 * Usage that is counted in memory and that no transfer has moved yet: it goes with the next one that is made of the line, or with the
 * hour's own, so that a package gives once in an hour. Until then it waits in the tables as before.
 */
export interface Unsettled {
  readonly usage: UsageState[]
  readonly legs: Map<string, number>
  readonly charges: Omit<NewCharge, 'transfer'>[]
  readonly notices: Notice[]
  /** How much of what counts against the limits is of it, in the month and on the day that count now. */
  month: LineState['spent']
  day: LineState['roaming']
  /** What was remembered before any of it was taken from that; null = none was. */
  past: LineState['past'] | null
}

export const nothingUnsettled = (): Unsettled => ({
  usage: [],
  legs: new Map(),
  charges: [],
  notices: [],
  month: { month: '', kopecks: 0 },
  day: { day: '', kopecks: 0 },
  past: null,
})

/** A line at work: functions change it in memory and note what is to be stored; nothing here asks the database. */
export interface Draft {
  readonly line: LineState
  readonly rules: LineRules
  /** What is charged abroad, for what waits of this line. */
  readonly ratesAbroad: RatesAbroad
  readonly newId: () => string
  changes: Changes
  unsettled: Unsettled
}

export function noChanges(): Changes {
  return {
    touched: false,
    accounts: [],
    transfers: [],
    charges: [],
    buckets: new Set(),
    bucketsGone: new Set(),
    holds: new Set(),
    releases: [],
    connected: new Set(),
    discounts: new Set(),
    promised: new Set(),
    notices: [],
    usage: new Set(),
  }
}

/** Notes what the person should hear of. */
export function tell(
  draft: Draft,
  at: Date,
  notice: LineNoticeCode,
  facts: Notice['facts'] = {},
  askedFrom?: string,
): void {
  draft.changes.notices.push({ at, notice, facts, askedFrom })
}

/** What was to be told is out of date before anybody heard it. */
export function untell({ changes }: Draft, notice: LineNoticeCode): void {
  const others = changes.notices.filter((one) => one.notice !== notice)
  changes.notices.splice(0, Number.POSITIVE_INFINITY, ...others)
}
