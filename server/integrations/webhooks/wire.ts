import { createHmac } from 'node:crypto'
import type { WebhookEvent } from '../../../contracts/integrations.ts'

/** Header: `t=SECONDS,v1=HEX`, HMAC-SHA256 of `SECONDS.BODY` under the webhook's secret. */
export const WEBHOOK_SIGNATURE = 'otklik-signature'
/** Header: the same for every attempt of one delivery. */
export const WEBHOOK_EVENT_ID = 'otklik-event-id'

/** What happened, in ids. */
export interface OutsideEvent {
  readonly event: WebhookEvent
  readonly laneId: string
  readonly conversationId?: string | null
  readonly seq?: number | null
  readonly ids?: Readonly<Record<string, string | null>>
}

/** What is kept of an event until it is told, and told. */
export interface Payload extends Readonly<Record<string, unknown>> {
  readonly laneId: string
  readonly seq?: number
}

export function payloadOf({ laneId, conversationId, seq, ids }: OutsideEvent): Payload {
  return {
    laneId,
    ...(conversationId != null && { conversationId }),
    ...(seq != null && { seq }),
    ...ids,
  }
}

/** The value of the signature header: the receiver computes it again over the bytes that came. */
export function signatureOf(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000)
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}
