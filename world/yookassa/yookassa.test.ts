import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { aReceiver, type Receiver } from '../core/receiver.test-support.ts'
import { demoShop, startWorld, type World } from '../index.ts'

const basic = (shopId: string, key: string) => `Basic ${Buffer.from(`${shopId}:${key}`).toString('base64')}`

describe('the payment provider', () => {
  let world: World
  let receiver: Receiver
  const ask = (
    body: object | undefined,
    key = 'k-1',
    path = '/payments',
    authorization = basic(demoShop.shopId, demoShop.secretKey),
  ) =>
    fetch(`${world.yookassa.url()}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization, 'idempotence-key': key, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
  const asked = {
    amount: { value: '300.00', currency: 'RUB' },
    capture: true,
    confirmation: { type: 'redirect', return_url: 'https://shop.example/back' },
    metadata: { payment_id: 'p-1' },
  }
  const made = async (body: object = asked, key = 'k-1') =>
    (await (await ask(body, key)).json()) as { id: string; confirmation: { confirmation_url: string } }
  beforeEach(async () => {
    world = await startWorld({ timeScale: 0.001 })
    receiver = await aReceiver()
    world.yookassa.notify(receiver.url)
  })
  afterEach(async () => {
    await world.close()
    await receiver.close()
  })

  test('makes one payment of one key, and refuses another one under it', async () => {
    const first = await made()
    expect(await made()).toEqual(first)
    expect((await ask({ ...asked, amount: { value: '1.00', currency: 'RUB' } })).status).toBe(400)
    expect(world.yookassa.payments()).toHaveLength(1)
    expect((await ask(undefined, '', '/payments/none')).status).toBe(404)
    expect((await ask(asked, 'k-2', '/payments', basic('1', 'wrong'))).status).toBe(401)
  })

  test('lets a person pay on its page, sends them back and tells the shop until it is taken', async () => {
    receiver.answers.push(500)
    const { id, confirmation } = await made()
    expect(await (await fetch(confirmation.confirmation_url)).text()).toContain('Оплатить')
    const back = await fetch(confirmation.confirmation_url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'card=good&decision=pay',
      redirect: 'manual',
    })
    expect([back.status, back.headers.get('location')]).toEqual([303, 'https://shop.example/back'])
    await vi.waitFor(() => expect(receiver.got).toHaveLength(2))
    expect(receiver.got[1]?.body).toMatchObject({
      type: 'notification',
      event: 'payment.succeeded',
      object: { id, status: 'succeeded', paid: true, amount: asked.amount, metadata: asked.metadata },
    })
    expect(await (await fetch(confirmation.confirmation_url)).text()).not.toContain('Отказаться')
  })

  test('keeps what was paid with where that was asked, and charges it until it is taken back', async () => {
    const { id } = await made({ ...asked, save_payment_method: true })
    world.yookassa.pay(id)
    const method = await vi.waitFor(() => {
      const found = world.yookassa.payments()[0]?.payment_method
      expect(found?.saved).toBe(true)
      return found?.id ?? ''
    })
    const charge = { amount: asked.amount, capture: true, payment_method_id: method }
    expect(await made(charge, 'k-2')).toMatchObject({ status: 'succeeded' })
    world.yookassa.revoke(method)
    expect(await made(charge, 'k-3')).toMatchObject({
      status: 'canceled',
      cancellation_details: { reason: 'permission_revoked' },
    })
  })

  test('says no for the person and for the bank; loses and doubles what it tells where that is planned', async () => {
    const { id: refused } = await made(asked, 'k-1')
    world.faults.plan({ service: 'yookassa', method: 'notification', kind: 'drop' })
    world.yookassa.refuse(refused)
    const { id: poor } = await made(asked, 'k-2')
    await vi.waitFor(() => expect(world.yookassa.payments()[0]?.status).toBe('canceled'))
    world.faults.plan({ service: 'yookassa', method: 'notification', kind: 'twice' })
    world.yookassa.pay(poor, 'empty')
    await vi.waitFor(() => expect(receiver.got).toHaveLength(2))
    expect(receiver.got.map(({ body }) => body.object.cancellation_details.reason)).toEqual([
      'insufficient_funds',
      'insufficient_funds',
    ])
  })

  test('gives a person an hour to pay, however short its own delays are made', async () => {
    await world.close()
    world = await startWorld({ timeScale: 0 })
    const { id } = await made()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(world.yookassa.payments()[0]?.status).toBe('pending')
    world.yookassa.expire(id)
    await vi.waitFor(() => expect(world.yookassa.payments()[0]?.status).toBe('canceled'))
  })
})
