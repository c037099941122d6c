import { type Sighting, sightContactPoints } from '../../subscribers/index.ts'
import type { ChannelAccountRow } from '../channel-adapter.ts'
import { knowLanes } from '../lanes/know-lanes.ts'
import type { SingleEvent } from './accept-one.ts'
import type { InboundContext } from './context.ts'

/** The lane of somebody seen at a door, made if they are new. */
export async function laneOfSighting(
  context: InboundContext,
  account: ChannelAccountRow,
  from: Sighting,
): Promise<string> {
  const [laneId] = await sightContactPoints(context.db, context.clock, [from])
  if (!laneId) throw new Error('a sighting without a contact point')
  await knowLanes(context.db, [{ id: laneId, channelAccountId: account.id, channel: account.kind }])
  return laneId
}

/** The lane of who sent the event. Receipts name a message of ours instead and have none. */
export async function laneOf(
  context: InboundContext,
  account: ChannelAccountRow,
  event: SingleEvent,
): Promise<string> {
  return event.kind === 'receipt' ? '' : laneOfSighting(context, account, event.from)
}
