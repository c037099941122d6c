import type { DealReceipt } from '../../../contracts/market.ts'
import type { ChangeRecord } from '../../../contracts/privacy.ts'
import type { BuyLots, MarketContext, SharedBook } from '../../operator/market/index.ts'
import type { Executor } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { LinesRoom } from '../lines/index.ts'
import type { MyRoom } from '../my/index.ts'

/** The Market itself: where we keep the lines. */
export interface OwnMarket {
  readonly context: MarketContext
  readonly buy: BuyLots
  readonly book: SharedBook
}

/** What this room works with; made once, in the composition root. */
export interface MarketRoom {
  /** Undefined: another system keeps the lines, and there is no Market. */
  readonly own: OwnMarket | undefined
  readonly lines: LinesRoom
  readonly my: MyRoom
  /** The words of a dispute, with the deal's facts. */
  readonly disputeText: (facts: DisputeFacts, locale: 'ru' | 'en') => string
  readonly recordChange: (tx: Executor, change: MarketChange) => Promise<void>
  /** What was recorded, newest first: of one subject, or of some acts. */
  readonly listChanges: (
    db: Executor,
    which: { readonly subject: string } | { readonly acts: readonly string[] },
    ask: { readonly after?: string | undefined; readonly limit: number },
  ) => Promise<{ items: ChangeRecord[]; next: string | null }>
}

export interface DisputeFacts {
  readonly deal: DealReceipt
  /** What the person adds. */
  readonly words: string
}

/** What a member of the staff changed on the Market, for the audit. */
export interface MarketChange {
  readonly by: { readonly id: string; readonly name: string }
  readonly act: string
  readonly subject: string
  readonly before: unknown
  readonly after: unknown
}

/** Refuses with `unavailable` where there is no Market. */
export function requireMarket({ own }: Pick<MarketRoom, 'own'>): OwnMarket {
  if (!own) throw new Refusal('unavailable', { what: 'market' })
  return own
}
