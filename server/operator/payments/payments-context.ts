import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/telemetry/index.ts'
import type { Vault } from '../../platform/vault/index.ts'
import type { AnnounceOperator } from '../edge/index.ts'
import type { LinesContext } from '../lines/index.ts'
import type { OrdersContext } from '../orders/index.ts'
import type { PaymentProvider } from './provider.ts'
import type { PaymentRules } from './rules.ts'

/** What payments need before there are orders: enough to judge one and to note that it is wanted. */
export interface TillContext {
  readonly clock: Clock
  readonly rules: PaymentRules
  readonly lines: LinesContext
  /** undefined: no payments are taken here. */
  readonly provider: PaymentProvider | undefined
  /** There is something to ask the provider: look now rather than at the next poll. */
  readonly wake: () => void
}

/** What this room works with; made once, in the composition root. */
export interface PaymentsContext extends TillContext {
  readonly log: Log
  readonly vault: Vault
  readonly announce: AnnounceOperator
  readonly orders: OrdersContext
  /** Where people reach us, without a slash at the end. */
  readonly publicUrl: string
  /** Counts what became of callbacks and of what the provider said. */
  readonly count: (what: CallbackOutcome) => void
  /** 0 ≤ x < 1, for jitter. */
  readonly random?: () => number
}

export type CallbackOutcome = 'taken' | 'forged' | 'unreadable' | 'other' | 'unknown' | 'mismatch'
