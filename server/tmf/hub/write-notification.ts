import { WebhookEvent } from '../../../contracts/integrations.ts'
import type { Foreign } from '../../integrations/webhooks/index.ts'
import { APIS } from '../apis.ts'
import type { Call } from '../core/call.ts'
import type { TmfRoom } from '../tmf-room.ts'
import { eventTypesOf } from './event-query.ts'

/** Where a notification is looked at from, in the audit. */
const ADDRESS = 'hub'

/**
 * The body of a notification as the thing is when it leaves, as far as the client may see it; null = it did not ask for such events, its
 * service token has ended, or the thing is gone.
 */
export async function writeNotification(room: TmfRoom, delivery: Foreign): Promise<unknown> {
  const hub = APIS.find(({ name }) => name === delivery.api)?.hub
  const event = WebhookEvent.safeParse(delivery.event)
  const eventType = event.success ? hub?.types[event.data] : undefined
  if (!hub || eventType === undefined || !eventTypesOf(hub, delivery.query).includes(eventType)) return null
  const actor = await room.findClient(delivery.clientId)
  if (!actor?.scopes.includes('read')) return null
  const call: Call = { db: room.db, room, actor, address: ADDRESS, key: undefined, locale: 'ru' }
  const thing = await hub.read(call, delivery.payload)
  if (!thing) return null
  return {
    eventId: delivery.id,
    eventTime: delivery.at.toISOString(),
    eventType,
    event: { [hub.subject]: thing },
  }
}
