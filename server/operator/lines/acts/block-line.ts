import type { Executor } from '../../../platform/database/index.ts'
import { tryAgain } from '../aging/try-again.ts'
import { tell } from '../draft/draft.ts'
import { releaseHolds } from '../draft/holds.ts'
import { settleState } from '../draft/state.ts'
import type { BlockReason, LineState } from '../line-state.ts'
import type { LinesContext } from '../lines-context.ts'
import { type Conflict, conflict, refuseIfAny, stateConflicts } from '../plans/conflicts.ts'
import { GRAVITY } from '../rules.ts'
import { workOnLine } from '../work-on-lines.ts'
import type { Act } from './act.ts'

/** What keeps a line from being blocked: a block gives way to a graver one only. */
export function blockConflicts(line: LineState, reason: BlockReason): Conflict[] {
  const { blockedFor } = line
  const isBlocked = blockedFor !== null && GRAVITY[blockedFor] >= GRAVITY[reason]
  return [...stateConflicts(line, 'block'), ...(isBlocked ? [conflict('already', blockedFor)] : [])]
}

/** An act on a block, asked for at a contact point that has its answer there. */
interface BlockAct extends Act {
  readonly askedFrom?: string | undefined
}

/** Stops everything outgoing at once. Refuses with `not_found`, `order_refused` (already, line-state). */
export function blockLine(
  tx: Executor,
  lines: LinesContext,
  { lineId, reason, askedFrom }: BlockAct & { readonly reason: BlockReason },
): Promise<void> {
  return workOnLine(tx, lines, lineId, (draft) => {
    refuseIfAny(blockConflicts(draft.line, reason))
    releaseHolds(draft, lines.clock.now(), 'line-blocked')
    draft.line.blockedFor = reason
    draft.changes.touched = true
    settleState(draft)
    tell(draft, lines.clock.now(), 'line-blocked', { reason }, askedFrom)
  })
}

/**
 * Lifts a block: what rested meanwhile goes on from now, if the money is there.
 * @param act.only reasons that may be lifted this way; all if left out
 * Refuses with `not_found`, `order_refused` (line-state: not blocked, or for another reason).
 */
export function unblockLine(
  tx: Executor,
  lines: LinesContext,
  { lineId, only, askedFrom }: BlockAct & { readonly only?: readonly BlockReason[] | undefined },
): Promise<void> {
  return workOnLine(tx, lines, lineId, (draft) => {
    const { line } = draft
    const { blockedFor } = line
    refuseIfAny(stateConflicts(line, 'unblock'))
    if (only && blockedFor && !only.includes(blockedFor)) refuseIfAny([conflict('line-state', blockedFor)])
    line.blockedFor = null
    const now = lines.clock.now()
    settleState(draft)
    tell(draft, now, 'line-unblocked', blockedFor ? { reason: blockedFor } : {}, askedFrom)
    tryAgain(draft, now)
  })
}
