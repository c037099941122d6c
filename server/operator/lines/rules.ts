import type { ChargeCategory, LineState as State } from '../../../contracts/lines.ts'
import type { BlockReason } from './line-state.ts'

/** What a line of a certain age may borrow. */
export interface PromiseRule {
  /** Days since the line was opened. */
  readonly fromAgeDays: number
  readonly maxKopecks: number
  /** Paid back after so many days … */
  readonly days: number
  /** … with this on top. */
  readonly feeKopecks: number
}

/** The operator's numbers, as data: what an installation may want otherwise. */
export interface LineRules {
  readonly tariffChange: {
    /** Another change within so many days of the last one costs `feeKopecks`; at the end of a period it never does. */
    readonly freeAfterDays: number
    readonly feeKopecks: number
  }
  /** By age, the youngest first; the last one that a line is old enough for holds. */
  readonly promises: readonly PromiseRule[]
  readonly promiseMinKopecks: number
  readonly transfer: {
    readonly minKopecks: number
    readonly maxKopecks: number
    readonly dayMaxKopecks: number
    readonly monthMaxKopecks: number
    readonly dayMaxCount: number
    readonly minAgeDays: number
    readonly feeKopecks: number
  }
  /** Whether fees go on while a line is blocked; what does not is charged again from the unblocking on. */
  readonly chargesWhileBlocked: Readonly<Record<BlockReason, boolean>>
  /** What counts against the month's limit: what comes on top of the tariff. */
  readonly limited: readonly ChargeCategory[]
  readonly usage: {
    /** The network's clocks may be ahead of ours by so much. */
    readonly aheadMs: number
    /** Records come at most so late: partners abroad deliver within a month. */
    readonly lateDays: number
  }
  /** How far ahead coming charges are told. */
  readonly comingDays: number
}

/** In which states of the line an act is possible. Money comes in always: what is left of an ended line is its holder's. */
export const POSSIBLE_IN = {
  connect: ['active'],
  disconnect: ['active', 'suspended', 'blocked'],
  'change-tariff': ['active', 'suspended'],
  'change-settings': ['active', 'suspended', 'blocked'],
  block: ['active', 'suspended', 'blocked'],
  unblock: ['blocked'],
  promise: ['active', 'suspended'],
  pay: ['active', 'suspended'],
  receive: ['active', 'suspended', 'blocked'],
  end: ['active', 'suspended', 'blocked'],
} as const satisfies Record<string, readonly State[]>
export type ActKind = keyof typeof POSSIBLE_IN

/** A block gives way to a graver one only. */
export const GRAVITY: Readonly<Record<BlockReason, number>> = { voluntary: 0, lost: 1, operator: 2 }

/** As observed at Russian operators (they differ); amounts in kopecks. */
export const DEFAULT_RULES: LineRules = {
  tariffChange: { freeAfterDays: 30, feeKopecks: 15_000 },
  promises: [
    { fromAgeDays: 30, maxKopecks: 5_000, days: 1, feeKopecks: 0 },
    { fromAgeDays: 60, maxKopecks: 10_000, days: 3, feeKopecks: 500 },
    { fromAgeDays: 90, maxKopecks: 25_000, days: 3, feeKopecks: 2_000 },
    { fromAgeDays: 120, maxKopecks: 45_000, days: 3, feeKopecks: 5_000 },
  ],
  promiseMinKopecks: 1_000,
  transfer: {
    minKopecks: 1_000,
    maxKopecks: 500_000,
    dayMaxKopecks: 500_000,
    monthMaxKopecks: 1_500_000,
    dayMaxCount: 5,
    minAgeDays: 60,
    feeKopecks: 500,
  },
  chargesWhileBlocked: { voluntary: false, lost: false, operator: false },
  limited: ['option', 'content', 'usage', 'roaming'],
  usage: { aheadMs: 300_000, lateDays: 31 },
  comingDays: 31,
}
