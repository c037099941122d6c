import { rollUp } from '../operator/ledger/index.ts'
import {
  advanceLines,
  forgetNames,
  LINES_AT_A_TIME,
  type LinesContext,
  settleUsage,
} from '../operator/lines/index.ts'
import {
  expireLots,
  type MarketContext,
  rollUpBook,
  rollUpHours,
  tellSellers,
} from '../operator/market/index.ts'
import { type OrdersContext, startOrders } from '../operator/orders/index.ts'
import { type Db, databaseProblem } from '../platform/database/index.ts'
import { type Loop, startLoop } from '../platform/loop.ts'
import type { HouseLog } from './house-log.ts'

const RATING_POLL_MS = 1_000
const USAGE_POLL_MS = 5_000
const FORGET_POLL_MS = 3_600_000
const ROLL_UP_POLL_MS = 30_000
const LOTS_POLL_MS = 5_000
const SALES_POLL_MS = 1_000
const BOOK_POLL_MS = 1_000
const HOURS_POLL_MS = 60_000

interface Workers {
  readonly lines: LinesContext
  readonly market: MarketContext
  readonly orders: OrdersContext
  /** Payments that are open: started already, because the till wakes it. */
  readonly paying: Loop
  readonly log: HouseLog
}

/** Starts what does in its own time what falls due on the operator's side. */
export function startOperatorLoops(db: Db, { lines, market, orders, paying, log }: Workers): Loop[] {
  const { clock } = lines
  const tell = (words: string) => (error: unknown) => log.error({ err: error }, words)
  const looping = (what: string, pollMs: number, work: () => Promise<number>): Loop =>
    startLoop({
      work,
      pollMs,
      onError: (error) => {
        if (!databaseProblem(error)) log.error({ err: error }, what)
      },
    })
  /** One turn does all that there is; the next comes in its time. */
  const resting = (what: string, pollMs: number, work: () => Promise<unknown>): Loop =>
    looping(what, pollMs, async () => {
      await work()
      return 0
    })
  return [
    looping('rating', RATING_POLL_MS, () =>
      advanceLines(db, lines, LINES_AT_A_TIME, tell('a line was set aside')),
    ),
    looping('usage', USAGE_POLL_MS, () =>
      settleUsage(db, lines, LINES_AT_A_TIME, tell('usage of a line was set aside')),
    ),
    looping('names of usage', FORGET_POLL_MS, () => forgetNames(db, lines)),
    startOrders(db, orders),
    paying,
    looping('lots', LOTS_POLL_MS, () => expireLots(db, market, tell('lots of a line were set aside'))),
    looping('sales', SALES_POLL_MS, () => tellSellers(db, market, tell('sales of a line were set aside'))),
    resting('book', BOOK_POLL_MS, () => rollUpBook(db)),
    resting('hours of the market', HOURS_POLL_MS, () => rollUpHours(db, market)),
    resting('roll-up', ROLL_UP_POLL_MS, () => rollUp(db, clock)),
  ]
}
