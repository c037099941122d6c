import { createHash, createHmac } from 'node:crypto'
import { z } from 'zod'
import type { ChannelAccountRow, InboundEvent, WebhookRequest } from '../../care/timeline/index.ts'
import { sameSecret } from '../../platform/same-secret.ts'
import { CODE_PREFIX } from './send.ts'

/** Is the event signed by our secret? `X-Sms-Signature: sha256=<hex of HMAC-SHA256(secret, raw body)>`. */
export function verifySms(account: ChannelAccountRow, { body, headers }: WebhookRequest): boolean {
  const given = headers['x-sms-signature']
  const secret = account.secrets.webhookSecret
  if (typeof given !== 'string' || !secret) return false
  return sameSecret(given, `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`)
}

const msisdn = z.string().regex(/^\d{3,15}$/)
const AnyEvent = z.looseObject({ type: z.string() })
const Receipt = z.object({
  id: z.string().min(1),
  messageId: z.string().min(1),
  reference: z.string().optional(),
  status: z.string(),
  at: z.iso.datetime(),
})
const Message = z.object({
  /** Some centres give none. */
  messageId: z.string().min(1).optional(),
  from: msisdn,
  to: z.string(),
  text: z.string(),
  at: z.iso.datetime(),
})

const STATES = { accepted: 'sent', delivered: 'delivered', undelivered: 'failed' } as const
const stateOf = (status: string) => Object.entries(STATES).find(([name]) => name === status)?.[1]

/**
 * Reads one event of the SMS centre.
 * @throws SyntaxError · z.ZodError the payload is no event
 */
export function parseSms(account: ChannelAccountRow, payload: Buffer): InboundEvent[] {
  const event = AnyEvent.parse(JSON.parse(payload.toString('utf8')))
  if (event.type === 'receipt') return [receiptEvent(Receipt.parse(event))]
  if (event.type === 'message') return [messageEvent(account, Message.parse(event))]
  return [{ kind: 'ignored', why: `event of type ${event.type}` }]
}

function receiptEvent({ id, messageId, reference, status, at }: z.infer<typeof Receipt>): InboundEvent {
  const state = stateOf(status)
  if (!state) return { kind: 'ignored', why: `receipt of status ${status}` }
  if (reference?.startsWith(CODE_PREFIX)) return { kind: 'ignored', why: 'receipt of a code' }
  return {
    kind: 'receipt',
    key: id,
    messageId,
    state,
    ...(state === 'failed' && { reason: status }),
    providerAt: new Date(at),
  }
}

function messageEvent(account: ChannelAccountRow, message: z.infer<typeof Message>): InboundEvent {
  const { messageId, from, text, at } = message
  return {
    kind: 'message',
    key: messageId ?? `content:${contentHash(message)}`,
    // A sender's number can be forged: it proves nothing.
    from: { channelAccountId: account.id, channel: account.kind, externalId: from, address: from },
    providerAt: new Date(at),
    body: { type: 'message', text },
    ...(messageId !== undefined && { messageId }),
  }
}

function contentHash({ from, to, text, at }: z.infer<typeof Message>): string {
  return createHash('sha256').update([from, to, at, text].join('\n')).digest('base64url')
}
