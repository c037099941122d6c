import { type Executor, together } from '../../../platform/database/index.ts'
import type { Lane } from '../lanes/lanes.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { inviteElsewhere } from '../outbound/invite-elsewhere.ts'
import { type Ahead, type Filed, fileLane, lookAhead } from './file-lane.ts'
import { findOtherThreads, noteOtherThreads } from './note-other-threads.ts'
import { openNewcomers } from './open-newcomers.ts'
import { lockUnsettled } from './unsettled.ts'

/** Files the new entries of lanes, those where it changes something. Locks them, in order; `locked`: they are already. */
export async function fileLanes(
  tx: Executor,
  context: OutboundContext,
  laneIds: readonly string[],
  locked?: Locked,
): Promise<Filed[]> {
  const { lanes, ahead } = locked ?? (await lockLooking(tx, laneIds))
  if (lanes.length === 0) return []
  const filed: Filed[] = []
  const others = await findOtherThreads(tx, lanes)
  const opened = await openNewcomers(tx, context, lanes)
  for (const lane of lanes) {
    const one = opened.get(lane.id) ?? (await fileLane(tx, context, lane, ahead))
    if (one.begun && one.conversationId) await inviteElsewhere(tx, context, lane, one.conversationId)
    filed.push(one)
  }
  await noteOtherThreads(tx, context, others)
  return filed
}

/** Those lanes where filing changes something, locked, and what is on the only one. */
export interface Locked {
  readonly lanes: Lane[]
  readonly ahead?: Ahead
}

/**
 * Locks lanes, in order, where filing changes something. A lane by itself is looked at in the same trip; of several each one's filing may
 * change what the next one goes on in.
 */
export async function lockLooking(tx: Executor, laneIds: readonly string[]): Promise<Locked> {
  const [only] = laneIds
  if (only === undefined || laneIds.length > 1) return { lanes: await lockUnsettled(tx, laneIds) }
  const [lanes, ahead] = await together(tx, (flight) => [
    lockUnsettled(flight, laneIds),
    lookAhead(flight, only),
  ])
  return { lanes, ahead }
}

/** Tells the screens what filing has changed. */
export function tellScreens({ bus }: OutboundContext, filed: readonly Filed[]): void {
  for (const { conversationId, version } of filed) {
    if (conversationId) bus.publish({ type: 'conversation', conversationId, version })
  }
  bus.publish({ type: 'inbox' })
}
