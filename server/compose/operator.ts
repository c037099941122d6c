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
import { DEFAULT_ORDER_RULES, type OrdersContext, startOrders } from '../operator/orders/index.ts'
import { createReferenceEdge } from '../operator/reference/index.ts'
import type { Clock } from '../platform/clock.ts'
import { type Db, databaseProblem } from '../platform/database/index.ts'
import { type Loop, startLoop } from '../platform/loop.ts'
import type { HouseLog } from './house-log.ts'

export interface OperatorDeps {
  readonly clock: Clock
  readonly log: HouseLog
  readonly announce: AnnounceOperator
}

/** The operator's side of the house. */
export interface Operator {
  readonly edge: OperatorEdge
  readonly lines: LinesContext
  /** What falls due on lines, usage, orders whose undo time is over, sums of system accounts. */
  startWorking(db: Db): Loop[]
}

const RATING_POLL_MS = 1_000
const USAGE_POLL_MS = 5_000
const FORGET_POLL_MS = 3_600_000
const ROLL_UP_POLL_MS = 30_000

/** Lines, orders and the edge to them on our own PostgreSQL. */
export function composeOperator({ clock, log, announce }: OperatorDeps): Operator {
  const lines: LinesContext = {
    clock,
    announce,
    rules: DEFAULT_RULES,
    // Nobody takes payments yet: an automatic top-up that is wanted waits for its next occasion.
    askTopUp: async () => undefined,
  }
  const orders: OrdersContext = { clock, log, announce, lines, rules: DEFAULT_ORDER_RULES }
  const looping = (what: string, pollMs: number, work: () => Promise<number>): Loop =>
    startLoop({
      work,
      pollMs,
      onError: (error) => {
        if (!databaseProblem(error)) log.error({ err: error }, what)
      },
    })
  return {
    edge: createReferenceEdge(orders),
    lines,
    startWorking: (db) => [
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
      looping('roll-up', ROLL_UP_POLL_MS, async () => {
        await rollUp(db, clock)
        return 0
      }),
    ],
  }
}
