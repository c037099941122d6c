import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Bucket } from '../core/bucket.ts'
import type { Context } from '../core/context.ts'
import { installFaults } from '../core/fault-hooks.ts'
import type { SmsCallback } from './callback.ts'
import { keepSms, type Sms, type SmsState } from './state.ts'

const newSms = z.object({
  from: z.string().regex(/^([A-Za-z0-9 ]{1,11}|\d{3,15})$/),
  to: z.string().regex(/^\d{5,15}$/),
  text: z.string().min(1).max(1530),
  reference: z.string().min(1).max(64).optional(),
})
const callback = z.object({ url: z.url(), secret: z.string().min(16).max(256) })

/** How long the network takes to bring a message to a phone. */
const networkMs = 800

/** The SMS centre's side that the product calls. */
export function smsRoutes(
  scope: FastifyInstance,
  context: Context,
  state: SmsState,
  events: SmsCallback,
  bucket: Bucket,
): void {
  const throttled = (reply: FastifyReply, seconds: number): FastifyReply =>
    reply.code(429).header('retry-after', String(seconds)).send({ error: 'throttled' })

  installFaults(scope, context.faults, {
    service: 'sms',
    methodOf: (request) => `${request.method} ${(request.routeOptions.url ?? '').replace(/^\/sms/, '')}`,
    refuse: (reply, status, retryAfterS) =>
      status === 429 ? throttled(reply, retryAfterS) : reply.code(500).send({ error: 'internal' }),
  })
  scope.addHook('onRequest', async (request, reply) => {
    if (request.headers.authorization !== `Bearer ${state.token}`) {
      return reply.code(401).send({ error: 'unauthorized' })
    }
    const waitS = bucket.take()
    return waitS > 0 ? throttled(reply, waitS) : undefined
  })

  scope.post('/messages', async (request, reply) => {
    const asked = newSms.safeParse(request.body)
    if (!asked.success)
      return reply.code(400).send({ error: 'invalid', message: z.prettifyError(asked.error) })
    const { from, to, text, reference } = asked.data
    const sent = reference === undefined ? undefined : state.byReference.get(reference)
    if (sent) return { id: sent.id, parts: sent.parts }
    const at = context.timing.now()
    const way = { msisdn: to, operator: from, direction: 'to-person', status: 'accepted' } as const
    const sms = keepSms(state, { ...way, text, at, reference })
    context.timing.after(networkMs, () => arrive(context, state, events, sms))
    return reply.code(202).send({ id: sms.id, parts: sms.parts })
  })

  scope.get<{ Params: { id: string } }>('/messages/:id', async (request, reply) => {
    const sms = state.messages.get(request.params.id)
    if (!sms) return reply.code(404).send({ error: 'not-found' })
    return { id: sms.id, to: sms.msisdn, status: sms.status, reference: sms.reference }
  })

  scope.put('/callback', async (request, reply) => {
    const asked = callback.safeParse(request.body)
    if (!asked.success)
      return reply.code(400).send({ error: 'invalid', message: z.prettifyError(asked.error) })
    state.callback = asked.data
    return { url: asked.data.url }
  })

  scope.delete('/callback', async () => {
    state.callback = undefined
    return {}
  })
}

/** The message comes to its phone, or not, and the receipt leaves. */
function arrive(context: Context, state: SmsState, events: SmsCallback, sms: Sms): void {
  sms.status = state.unreachable.has(sms.msisdn) ? 'undelivered' : 'delivered'
  const at = new Date(context.timing.now()).toISOString()
  const { id: messageId, reference, status } = sms
  events.publish({ type: 'receipt', messageId, reference, status, at }, sms.msisdn)
  const person = context.people.byMsisdn(sms.msisdn)
  if (person) context.live.changed({ service: 'sms', person: person.key })
}
