import type { z } from 'zod'
import type { ForwardingCondition } from '../../../../contracts/orders.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { tryAgain } from '../aging/try-again.ts'
import { type Draft, tell } from '../draft/draft.ts'
import type { AutoTopUp } from '../line-state.ts'
import type { LinesContext } from '../lines-context.ts'
import { conflict, refuseIfAny, stateConflicts } from '../plans/conflicts.ts'
import { deleteForwarding, upsertForwarding } from '../store/forwarding.ts'
import { workOnLine } from '../work-on-lines.ts'
import type { Act } from './act.ts'

/** All of these refuse with `not_found` and `order_refused` (line-state: an ended line keeps its settings). */
function changeSettings(
  tx: Executor,
  lines: LinesContext,
  lineId: string,
  change: (draft: Draft) => void | Promise<void>,
): Promise<void> {
  return workOnLine(tx, lines, lineId, (draft) => {
    refuseIfAny(stateConflicts(draft.line, 'change-settings'))
    draft.changes.touched = true
    return change(draft)
  })
}

/** Where calls go under a condition; null = nowhere else any more. Refuses also with `order_refused` (own-number). */
export function setForwarding(
  tx: Executor,
  lines: LinesContext,
  {
    lineId,
    condition,
    toMsisdn,
  }: Act & { readonly condition: z.infer<typeof ForwardingCondition>; readonly toMsisdn: string | null },
): Promise<void> {
  return changeSettings(tx, lines, lineId, async ({ line }) => {
    if (toMsisdn === line.msisdn) refuseIfAny([conflict('own-number')])
    if (toMsisdn === null) await deleteForwarding(tx, lineId, condition)
    else await upsertForwarding(tx, { lineId, condition, toMsisdn })
  })
}

/** What may be spent on top of the tariff in a calendar month, or abroad on a day; null = no limit. What rested for it may go on. */
export function setLimit(
  tx: Executor,
  lines: LinesContext,
  {
    lineId,
    limit,
    amountKopecks,
  }: Act & {
    readonly limit: 'spend-month' | 'roaming-day'
    readonly amountKopecks: number | null
  },
): Promise<void> {
  return changeSettings(tx, lines, lineId, (draft) => {
    const { limits } = draft.line
    if (limit === 'spend-month') limits.spendMonthKopecks = amountKopecks
    else limits.roamingDayKopecks = amountKopecks
    tryAgain(draft, lines.clock.now())
  })
}

/** When money is asked for by itself, and how much; null = never. It is asked for at once if the balance is low already. */
export function setAutoTopUp(
  tx: Executor,
  lines: LinesContext,
  { lineId, rule }: Act & { readonly rule: AutoTopUp | null },
): Promise<void> {
  return changeSettings(tx, lines, lineId, ({ line }) => {
    line.autoTopUp = rule
    line.topUpAsked = false
  })
}

/** No third party can connect anything from now on; what is connected stays. Refuses also with `order_refused` (already). */
export function banContent(tx: Executor, lines: LinesContext, { lineId }: Act): Promise<void> {
  return changeSettings(tx, lines, lineId, (draft) => {
    if (draft.line.contentBannedAt !== null) refuseIfAny([conflict('already', 'content-banned')])
    draft.line.contentBannedAt = lines.clock.now()
    tell(draft, lines.clock.now(), 'content-banned')
  })
}

/** Third parties may be connected again. Refuses also with `order_refused` (already). */
export function allowContent(tx: Executor, lines: LinesContext, { lineId }: Act): Promise<void> {
  return changeSettings(tx, lines, lineId, ({ line }) => {
    if (line.contentBannedAt === null) refuseIfAny([conflict('already', 'content-allowed')])
    line.contentBannedAt = null
  })
}
