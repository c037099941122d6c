import type { Config } from '../config.ts'
import type { AnnounceOperator, OperatorEdge } from '../operator/edge/index.ts'
import { DEFAULT_RULES, type LinesContext } from '../operator/lines/index.ts'
import {
  hearOfVolume,
  judgeReversal,
  linesOfDeal,
  type MarketContext,
  reverseDeal,
} from '../operator/market/index.ts'
import { DEFAULT_ORDER_RULES, type OrdersContext } from '../operator/orders/index.ts'
import {
  askTopUp,
  createTill,
  createYooKassa,
  DEFAULT_PAYMENT_RULES,
  hearOfLines,
  type PaymentsContext,
  startPayments,
  type TillContext,
} from '../operator/payments/index.ts'
import { createReferenceEdge } from '../operator/reference/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/database/index.ts'
import type { Kept } from '../platform/kept/index.ts'
import type { Loop } from '../platform/loop.ts'
import type { Outgoing } from '../platform/outgoing/index.ts'
import type { Metrics } from '../platform/telemetry/index.ts'
import type { Vault } from '../platform/vault/index.ts'
import type { HouseLog } from './house-log.ts'
import { startOperatorLoops } from './operator-loops.ts'

export interface OperatorDeps {
  readonly clock: Clock
  readonly kept: Kept
  /** How many lines it may keep in memory. */
  readonly mostKept: number
  readonly log: HouseLog
  readonly announce: AnnounceOperator
  readonly vault: Vault
  readonly outgoing: Outgoing
  readonly metrics: Metrics
  readonly publicUrl: string
  /** Who takes people's money; undefined: nobody does. */
  readonly payments: Config['payments']
}

/** The operator's side of the house. */
export interface Operator {
  readonly edge: OperatorEdge
  readonly lines: LinesContext
  readonly payments: PaymentsContext
  readonly market: MarketContext
  /** What falls due on lines, usage, orders whose undo time is over, payments that are open, lots whose days are over, sums of system accounts and of the book. */
  startWorking(db: Db): Loop[]
}

/** Lines, orders and the edge to them on our own PostgreSQL. */
export function composeOperator(deps: OperatorDeps): Operator {
  const { clock, log, vault, publicUrl } = deps
  const announce: AnnounceOperator = async (tx, event) => {
    await hearOfLines(tx, till, event)
    await hearOfVolume(tx, market, event)
    await deps.announce(tx, event)
  }
  const lines: LinesContext = {
    clock,
    announce,
    rules: DEFAULT_RULES,
    glances: deps.kept.shelf(deps.mostKept),
    askTopUp: (tx, wanted) => askTopUp(tx, till, wanted),
  }
  const market: MarketContext = { clock, announce, lines }
  let paying: Loop | undefined
  const till: TillContext = {
    clock,
    lines,
    rules: DEFAULT_PAYMENT_RULES,
    provider: deps.payments && createYooKassa(deps.outgoing, deps.payments),
    wake: () => paying?.wake(),
  }
  const orders: OrdersContext = {
    clock,
    log,
    announce,
    lines,
    rules: DEFAULT_ORDER_RULES,
    till: createTill(till),
    market: {
      linesOf: linesOfDeal,
      judgeReversal: (db, line, reversal) => judgeReversal(db, market, line, reversal),
      reverse: (tx, reversal) => reverseDeal(tx, market, reversal),
    },
  }
  const outcomes = deps.metrics.counter(
    'payment_callbacks_total',
    'What payment providers told, by what became of it: forged and unreadable were refused, mismatch and unknown credited nothing',
    ['outcome'],
  )
  const payments: PaymentsContext = {
    ...till,
    log,
    vault,
    announce,
    orders,
    publicUrl,
    count: (outcome) => outcomes.inc({ outcome }),
  }
  return {
    edge: createReferenceEdge(payments),
    lines,
    payments,
    market,
    startWorking: (db) => {
      paying = startPayments(db, payments)
      return startOperatorLoops(db, { lines, market, orders, paying, log })
    },
  }
}
