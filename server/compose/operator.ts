import type { Config } from '../config.ts'
import type { AnnounceOperator, OperatorEdge } from '../operator/edge/index.ts'
import { rollUp } from '../operator/ledger/index.ts'
import {
  advanceLines,
  DEFAULT_RULES,
  forgetNames,
  LINES_AT_A_TIME,
  type LinesContext,
  settleUsage,
} from '../operator/lines/index.ts'
import {
  expireLots,
  hearOfVolume,
  judgeReversal,
  linesOfDeal,
  type MarketContext,
  reverseDeal,
  rollUpBook,
  rollUpHours,
  tellSellers,
} from '../operator/market/index.ts'
import { DEFAULT_ORDER_RULES, type OrdersContext, startOrders } from '../operator/orders/index.ts'
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
import { type Db, databaseProblem } from '../platform/database/index.ts'
import type { Kept } from '../platform/kept/index.ts'
import { type Loop, startLoop } from '../platform/loop.ts'
import type { Outgoing } from '../platform/outgoing/index.ts'
import type { Metrics } from '../platform/telemetry/index.ts'
import type { Vault } from '../platform/vault/index.ts'
import type { HouseLog } from './house-log.ts'

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

const RATING_POLL_MS = 1_000
const USAGE_POLL_MS = 5_000
const FORGET_POLL_MS = 3_600_000
const ROLL_UP_POLL_MS = 30_000
const LOTS_POLL_MS = 5_000
const SALES_POLL_MS = 1_000
const BOOK_POLL_MS = 1_000
const HOURS_POLL_MS = 60_000

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
  const looping = (what: string, pollMs: number, work: () => Promise<number>): Loop =>
    startLoop({
      work,
      pollMs,
      onError: (error) => {
        if (!databaseProblem(error)) log.error({ err: error }, what)
      },
    })
  return {
    edge: createReferenceEdge(payments),
    lines,
    payments,
    market,
    startWorking: (db) => {
      paying = startPayments(db, payments)
      return [
        looping('rating', RATING_POLL_MS, () =>
          advanceLines(db, lines, LINES_AT_A_TIME, (error) =>
            log.error({ err: error }, 'a line was set aside'),
          ),
        ),
        looping('usage', USAGE_POLL_MS, () =>
          settleUsage(db, lines, LINES_AT_A_TIME, (error) =>
            log.error({ err: error }, 'usage of a line was set aside'),
          ),
        ),
        looping('names of usage', FORGET_POLL_MS, () => forgetNames(db, lines)),
        startOrders(db, orders),
        paying,
        looping('lots', LOTS_POLL_MS, () =>
          expireLots(db, market, (error) => log.error({ err: error }, 'lots of a line were set aside')),
        ),
        looping('sales', SALES_POLL_MS, () => tellSellers(db, market)),
        looping('book', BOOK_POLL_MS, async () => {
          await rollUpBook(db)
          return 0
        }),
        looping('hours of the market', HOURS_POLL_MS, async () => {
          await rollUpHours(db, market)
          return 0
        }),
        looping('roll-up', ROLL_UP_POLL_MS, async () => {
          await rollUp(db, clock)
          return 0
        }),
      ]
    },
  }
}
