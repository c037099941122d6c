import { type Executor, together } from '../../../platform/database/index.ts'
import type { Lane } from '../lanes/lanes.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { inviteElsewhere } from '../outbound/invite-elsewhere.ts'
import { type Ahead, type Filed, fileLane, lookAhead } from './file-lane.ts'
import { findOtherThreads, noteOtherThreads } from './note-other-threads.ts'
import { openNewcomers } from './open-newcomers.ts'
import { lockUnsettled } from './unsettled.ts'

/** Files the new entries of lanes, those where it changes something. Locks them, in order. */
export async function fileLanes(
  tx: Executor,
  context: OutboundContext,
  laneIds: readonly string[],
): Promise<Filed[]> {
  const { lanes, ahead } = await lockLooking(tx, laneIds)
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

/** A lane by itself is looked at in the trip that locks it; of several each one's filing may change what the next one goes on in. */
async function lockLooking(
  tx: Executor,
  laneIds: readonly string[],
): Promise<{ readonly lanes: Lane[]; readonly ahead?: Ahead }> {
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
