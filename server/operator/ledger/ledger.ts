/** What an account counts: money in kopecks, data in bytes, voice in seconds, SMS in pieces. */
export type Unit = 'kopecks' | 'bytes' | 'seconds' | 'pieces'

/** One side of a transfer. */
export interface Leg {
  readonly accountId: string
  /** In the account's unit; positive = comes in. Not 0; the legs of each unit sum to zero. */
  readonly amount: number
}

/** What is to move at once or not at all. */
export interface Transfer {
  /** Who names the key: `order`, `usage`, `payment:test`. */
  readonly scope: string
  /** The transfer's name within its scope: a repeat is done once. */
  readonly key: string
  readonly kind: string
  /** When it happened, as it stands on the bill; a repeat may have another. */
  readonly at: Date
  readonly lineId: string | null
  /** Two or more, each of another account. */
  readonly legs: readonly Leg[]
  /** Small facts for the bill (category, code). Nothing personal: it is never erased. */
  readonly memo?: Readonly<Record<string, unknown>> | undefined
}

export interface Posted {
  readonly transferId: string
  /** It had been posted before; nothing changed now. */
  readonly replayed: boolean
}
