/** The operator's numbers about payments, as data; amounts in kopecks. */
export interface PaymentRules {
  /** Of one payment. */
  readonly minKopecks: number
  readonly maxKopecks: number
  /** What a line is given in a day of its calendar: paid already or still on its way. */
  readonly dayMaxKopecks: number
  /** Payments of a line that may be begun in a day, whatever became of them. */
  readonly dayMaxCount: number
  readonly automatic: {
    /** Charges by itself in a day of the line's calendar. */
    readonly dayMaxCount: number
    /** So many charges that fail one after the other switch it off. */
    readonly maxFailures: number
  }
  readonly refund: {
    /** Providers take back no older ones. */
    readonly withinDays: number
  }
  readonly patience: PaymentPatience
}

/** How long whom is waited for, in milliseconds. */
export interface PaymentPatience {
  /** A person who is not sent to the provider within this time has gone. */
  readonly createMs: number
  /** Nothing was heard for so long: a person is told, and the provider is asked seldom from then on. */
  readonly silenceMs: number
  /** The provider keeps our key for so long: later a repeat might be a second payment. */
  readonly keyMs: number
  /** A payment that still waits for its person after this is given up. */
  readonly waitMs: number
  /** Nobody asks any more. */
  readonly forgetMs: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** As observed at Russian operators and providers. */
export const DEFAULT_PAYMENT_RULES: PaymentRules = {
  minKopecks: 1_000,
  maxKopecks: 1_500_000,
  dayMaxKopecks: 3_000_000,
  dayMaxCount: 20,
  automatic: { dayMaxCount: 3, maxFailures: 3 },
  // YooKassa: within three years of the payment.
  refund: { withinDays: 3 * 365 },
  patience: {
    createMs: 15 * MINUTE,
    silenceMs: 30 * MINUTE,
    keyMs: 23 * HOUR,
    waitMs: 24 * HOUR,
    forgetMs: 7 * 24 * HOUR,
  },
}
