import {
  afterCommit,
  type Db,
  databaseProblem,
  type Executor,
  inTransaction,
} from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import type { By } from '../edge/index.ts'
import {
  type LineState,
  lockLine,
  monthOf,
  startOfMonth,
  type TopUpWanted,
  workOnLine,
} from '../lines/index.ts'
import { placeOrder } from '../orders/index.ts'
import { switchOff } from './automatic-outcome.ts'
import { insertFalls, putFallOff, selectFalls, takeFall } from './method-store.ts'
import type { PaymentsContext, TillContext } from './payments-context.ts'
import { usableMethod } from './saved-methods.ts'
import { sumGiven } from './store.ts'
import { tellLine } from './tell-line.ts'
import { givenToday } from './till.ts'

const FALLS_AT_A_TIME = 50
const BROKEN_AGAIN_MS = 60_000

/** The line's rule asks; nobody stands behind it. */
const BY_RULE: By = {
  kind: 'system',
  id: null,
  name: null,
  through: 'rule',
  trust: 4,
  lineRole: null,
  fresh: true,
  roles: [],
}

/** Balances fell below the thresholds of their automatic top-ups: noted in the transaction in which they did, charged after it. */
export async function askTopUp(
  tx: Executor,
  { clock, provider, wake }: TillContext,
  wanted: readonly TopUpWanted[],
): Promise<void> {
  if (!provider) return
  await insertFalls(
    tx,
    wanted.map(({ lineId }) => lineId),
    clock.now(),
  )
  afterCommit(tx, wake)
}

/** Begins a charge for each fall that was noted. Gives how many were. A fall whose line is broken keeps no other waiting. */
export async function chargeFalls(db: Db, payments: PaymentsContext): Promise<number> {
  let charged = 0
  const now = payments.clock.now()
  for (const lineId of await selectFalls(db, now, FALLS_AT_A_TIME)) {
    try {
      if (await inTransaction(db, (tx) => chargeFall(tx, payments, lineId))) charged++
    } catch (error) {
      if (databaseProblem(error)) throw error
      payments.log.error({ err: error, lineId }, 'an automatic top-up')
      await putFallOff(db, lineId, new Date(now.getTime() + BROKEN_AGAIN_MS))
    }
  }
  return charged
}

/** Takes the fall and begins its charge, if the rule still holds and its limits allow: one commit, under the line's lock. */
async function chargeFall(tx: Executor, payments: PaymentsContext, lineId: string): Promise<boolean> {
  await lockLine(tx, lineId)
  if (!(await takeFall(tx, lineId))) return false
  const line = await workOnLine(tx, payments.lines, lineId, (draft) => draft.line)
  const rule = line.autoTopUp
  if (rule === null || line.endedAt !== null || line.cash.balance >= rule.belowKopecks) return true
  const id = newId(payments.clock)
  if (!(await usableMethod(tx, payments, lineId))) {
    await switchOff(tx, payments, { lineId, ref: id })
    return true
  }
  const { amountKopecks } = rule
  const standing = await standingOf(tx, payments, line)
  if (standing === 'under-way') return true
  if (standing === 'limit') {
    await tellLine(tx, payments, lineId, 'auto-top-up-limit', { kopecks: amountKopecks })
    return true
  }
  await placeOrder(tx, payments.orders, BY_RULE, { id, lineId, request: { kind: 'top-up', amountKopecks } })
  return true
}

/** May the rule charge now: by its own limit of a month, by ours of a day, and one at a time. */
async function standingOf(
  tx: Executor,
  payments: PaymentsContext,
  line: LineState,
): Promise<'free' | 'under-way' | 'limit'> {
  const { clock, rules, orders } = payments
  const { id, timeZone, autoTopUp } = line
  if (autoTopUp === null) return 'limit'
  const month = await sumGiven(tx, id, startOfMonth(timeZone, monthOf(timeZone, clock.now())))
  if (month.automaticOpen > 0) return 'under-way'
  const { amountKopecks, monthlyMaxKopecks } = autoTopUp
  if (month.automaticKopecks + amountKopecks > monthlyMaxKopecks) return 'limit'
  const day = await givenToday(tx, payments, line)
  if (day.automaticCount >= rules.automatic.dayMaxCount) return 'limit'
  return (await orders.till.judge(tx, line, amountKopecks)).length > 0 ? 'limit' : 'free'
}
