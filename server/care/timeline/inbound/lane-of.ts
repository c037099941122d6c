import { sightContactPoints } from '../../subscribers/index.ts'
import type { ChannelAccountRow } from '../channel-adapter.ts'
import { knowLanes } from '../lanes/know-lanes.ts'
import type { SingleEvent } from './accept-one.ts'
import type { InboundContext } from './context.ts'

/** The lane of who sent the event, made if it is new. Receipts name a message of ours instead. */
export async function laneOf(
  context: InboundContext,
  account: ChannelAccountRow,
  event: SingleEvent,
): Promise<string> {
  if (event.kind === 'receipt') return ''
  const [laneId = ''] = await sightContactPoints(context.db, context.clock, [event.from])
  await knowLanes(context.db, [{ id: laneId, channelAccountId: account.id, channel: account.kind }])
  return laneId
}
