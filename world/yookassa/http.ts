import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Context } from '../core/context.ts'
import { installFaults } from '../core/fault-hooks.ts'
import { chargeSaved } from './bank.ts'
import type { Notifier } from './notify.ts'
import { checkoutPage } from './page.ts'
import { keepRefund } from './refunds.ts'
import { digestOf, keepPayment, type YooKassaState } from './state.ts'
import { isCard, newPayment, newRefund } from './wire.ts'

/** What a person does on the page. */
export interface Till {
  pay(id: string, card: string): void
  refuse(id: string): void
  /** Nobody came to pay: the payment ends after its time. */
  await(id: string): void
  /** The bank takes a refund. */
  giveBack(id: string): void
}

const errors = {
  400: 'invalid_request',
  401: 'invalid_credentials',
  404: 'not_found',
  429: 'too_many_requests',
  500: 'internal_server_error',
} as const

const refuse = (
  reply: FastifyReply,
  status: keyof typeof errors,
  description: string,
  parameter?: string,
): FastifyReply =>
  reply.code(status).send({ type: 'error', id: randomUUID(), code: errors[status], description, parameter })

/** The API that the shop calls. */
export function apiRoutes(
  scope: FastifyInstance,
  context: Context,
  state: YooKassaState,
  notifier: Notifier,
  till: Till,
): void {
  installFaults(scope, context.faults, {
    service: 'yookassa',
    methodOf: (request) =>
      `${request.method} ${(request.routeOptions.url ?? '').replace(/^\/yookassa\/v3/, '')}`,
    refuse: (reply, status) => refuse(reply, status, 'planned'),
  })
  scope.addHook('onRequest', async (request, reply) => {
    const given = `Basic ${Buffer.from(`${state.shopId}:${state.secretKey}`).toString('base64')}`
    if (request.headers.authorization !== given) return refuse(reply, 401, 'Basic authentication failed')
    return undefined
  })

  scope.post('/payments', async (request, reply) => {
    const key = request.headers['idempotence-key']
    if (typeof key !== 'string' || key === '' || key.length > 64)
      return refuse(reply, 400, 'Idempotence key is missing or too long', 'Idempotence-Key')
    const asked = newPayment.safeParse(request.body)
    if (!asked.success) return refuse(reply, 400, z.prettifyError(asked.error))
    const known = state.byKey.get(key)
    if (known && known.digest !== digestOf(asked.data))
      return refuse(reply, 400, 'Idempotence key duplicated', 'Idempotence-Key')
    const kept = known && state.payments.get(known.id)
    if (kept) return kept.payment
    const now = context.timing.now()
    const made = keepPayment(state, asked.data, key, { origin: context.origin(), now })
    if ('payment_method_id' in asked.data) {
      chargeSaved(state, made, asked.data.payment_method_id, now)
      notifier.ended(made.payment)
    } else till.await(made.payment.id)
    return made.payment
  })

  scope.post('/refunds', async (request, reply) => {
    const key = request.headers['idempotence-key']
    if (typeof key !== 'string' || key === '' || key.length > 64)
      return refuse(reply, 400, 'Idempotence key is missing or too long', 'Idempotence-Key')
    const asked = newRefund.safeParse(request.body)
    if (!asked.success) return refuse(reply, 400, z.prettifyError(asked.error))
    const kept = keepRefund(state, asked.data, key, context.timing.now())
    if ('why' in kept) return refuse(reply, 400, kept.why)
    if (kept.isNew) till.giveBack(kept.refund.id)
    return kept.refund
  })

  scope.get<{ Params: { id: string } }>('/refunds/:id', async (request, reply) => {
    return state.refunds.get(request.params.id) ?? refuse(reply, 404, 'Refund doesn’t exist or access denied')
  })

  scope.get<{ Params: { id: string } }>('/payments/:id', async (request, reply) => {
    const kept = state.payments.get(request.params.id)
    return kept ? kept.payment : refuse(reply, 404, 'Payment doesn’t exist or access denied')
  })
}

/** The page that the person is sent to. */
export function checkoutRoutes(scope: FastifyInstance, state: YooKassaState, till: Till): void {
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  scope.get<{ Params: { id: string } }>('/:id', async (request, reply) => {
    const kept = state.payments.get(request.params.id)
    if (!kept) return reply.code(404).send({ error: 'no such payment' })
    const language = /^en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'ru'
    return reply.type('text/html').send(checkoutPage(kept.payment, kept.saves, language))
  })
  scope.post<{ Params: { id: string }; Body: URLSearchParams }>('/:id', async (request, reply) => {
    const { id } = request.params
    const back = state.payments.get(id)?.payment.confirmation?.return_url
    if (back === undefined) return reply.code(404).send({ error: 'no such payment' })
    const card = request.body.get('card') ?? ''
    if (request.body.get('decision') === 'pay' && isCard(card)) till.pay(id, card)
    else till.refuse(id)
    return reply.redirect(back, 303)
  })
}
