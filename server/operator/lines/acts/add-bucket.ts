import type { TrafficType } from '../../../../contracts/amounts.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { systemAccount } from '../../ledger/index.ts'
import { addEmptyBucket } from '../draft/buckets.ts'
import { addLeg, type Legs, post, unitOf } from '../draft/move.ts'
import type { LinesContext } from '../lines-context.ts'
import { refuseIfAny, stateConflicts } from '../plans/conflicts.ts'
import { workOnLine } from '../work-on-lines.ts'
import { type Act, actName } from './act.ts'

export interface NewBucket extends Act {
  readonly type: TrafficType
  /** In bytes, seconds or pieces. */
  readonly amount: number
  readonly source: 'bought' | 'gift'
  readonly expiresAt: Date | null
  /** The account that it comes from (an escrow), which must hold it; left out = the network. */
  readonly from?: string | undefined
}

/** Volume that was bought or given. Refuses with `not_found`, `order_refused` (line-state), `insufficient_balance` of `from`. */
export function addBucket(
  tx: Executor,
  lines: LinesContext,
  { type, amount, source, expiresAt, from, ...act }: NewBucket,
): Promise<{ bucketId: string }> {
  return workOnLine(tx, lines, act.lineId, (draft) => {
    refuseIfAny(stateConflicts(draft.line, 'receive'))
    const filledAt = lines.clock.now()
    const bucket = addEmptyBucket(draft, { type, source, offeringId: null, connectedId: null, filledAt })
    bucket.total = amount
    bucket.left = amount
    bucket.expiresAt = expiresAt
    bucket.ended = false
    const legs: Legs = new Map()
    addLeg(legs, from ?? systemAccount('network', unitOf(type)), -amount)
    addLeg(legs, bucket.id, amount)
    post(draft, actName(act, 'volume'), filledAt, legs)
    return { bucketId: bucket.id }
  })
}
