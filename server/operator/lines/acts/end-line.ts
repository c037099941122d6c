import type { Executor } from '../../../platform/database/index.ts'
import { endConnected } from '../aging/connected.ts'
import { collectPromised } from '../aging/promised.ts'
import { endBucket } from '../draft/buckets.ts'
import type { Draft } from '../draft/draft.ts'
import { releaseHolds } from '../draft/holds.ts'
import { type Legs, post } from '../draft/move.ts'
import { settleState } from '../draft/state.ts'
import type { LinesContext } from '../lines-context.ts'
import { refuseIfAny, stateConflicts } from '../plans/conflicts.ts'
import { updateCodeWord } from '../store/code-word.ts'
import { eraseFreeNames } from '../store/erase-party.ts'
import { deleteForwarding } from '../store/forwarding.ts'
import { endRoles } from '../store/people.ts'
import { workOnLine } from '../work-on-lines.ts'
import type { Act } from './act.ts'

/**
 * Ends a line: options, subscriptions, packages, people, settings. What was lent is taken back as far as the balance goes; the rest of
 * the balance stays on its account, to be paid out. The number is free. Announces `line-ended`.
 * Refuses with `not_found`, `order_refused` (line-state: ended already).
 */
export function endLine(tx: Executor, lines: LinesContext, { lineId }: Act): Promise<void> {
  return workOnLine(tx, lines, lineId, async (draft) => {
    const { line } = draft
    refuseIfAny(stateConflicts(line, 'end'))
    const now = lines.clock.now()
    if (line.promised) collectPromised(draft, line.promised, now)
    for (const connected of [...line.connected]) {
      if (connected.endedAt === null) endConnected(draft, connected, now)
    }
    releaseHolds(draft, now, 'line-ended')
    endAllBuckets(draft, now)
    line.blockedFor = null
    line.nextTariff = null
    line.autoTopUp = null
    line.retryAt = null
    line.endedAt = now
    settleState(draft)
    // Whoever had the number hears of the end by it, not of what it did to the line.
    draft.changes.notices.length = 0
    await updateCodeWord(tx, lineId, null)
    await deleteForwarding(tx, lineId)
    await eraseFreeNames(tx, await endRoles(tx, lineId, now), now)
    await lines.announce(tx, { kind: 'line-ended', lineId, msisdn: line.msisdn })
  })
}

function endAllBuckets(draft: Draft, now: Date): void {
  const { line } = draft
  const legs: Legs = new Map()
  for (const bucket of line.buckets.filter(({ ended }) => !ended)) endBucket(draft, legs, bucket)
  post(draft, { scope: `expiry:${line.id}`, key: 'end', kind: 'expiry' }, now, legs)
}
