import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { integrations } from '../../../contracts/integrations.ts'
import { aStaffCaller } from '../../../test/factories/caller.ts'
import { eventually } from '../../../test/factories/eventually.ts'
import { aHubListener, type HubListener } from '../../../test/factories/hub-listener.ts'
import { wrongWith } from '../../../test/factories/official-tmf.ts'
import {
  aTmfHouse,
  type TmfCaller,
  type TmfHouse,
  type TmfLine,
  textIn,
  thingIn,
} from '../../../test/factories/tmf.ts'

const HUB = '/productOrderingManagement/v4/hub'
const ORDER = '/productOrderingManagement/v4/productOrder'
let listener: HubListener
let callback: string
let house: TmfHouse
let system: TmfCaller
let line: TmfLine

beforeAll(async () => {
  listener = await aHubListener()
  callback = listener.callback
  house = await aTmfHouse({ trustedOrigins: [listener.origin] })
  system = await house.aSystem()
  line = await house.aLine()
})
beforeEach(() => {
  listener.heard = []
})
afterAll(async () => {
  await house.end()
  listener.end()
})

const registered = (body: unknown) => z.looseObject({ id: z.string(), secret: z.string() }).parse(body)
const register = (body: object, by = system) => by.ask(HUB, { method: 'POST', body })
const setLimit = (amountKopecks: number) =>
  system.ask(ORDER, {
    method: 'POST',
    body: {
      billingAccount: { id: line.id },
      productOrderItem: [
        {
          id: '1',
          action: 'modify',
          product: {
            productCharacteristic: [
              { name: 'request', value: { kind: 'set-limit', limit: 'spend-month', amountKopecks } },
            ],
          },
        },
      ],
    },
  })

describe('a hub', () => {
  test('tells who registered of every order, signed, as TM Forum describes events', async () => {
    const made = await register({ callback })
    expect(made.status).toBe(201)
    const { secret, ...subscription } = registered(made.body)
    expect(wrongWith('productOrderingManagement', 'EventSubscription', subscription)).toEqual([])
    const { body: order } = await setLimit(100_000)
    const first = await eventually(async () => listener.heard[0])
    expect(wrongWith('productOrderingManagement', 'ProductOrderStateChangeEvent', first.body)).toEqual([])
    expect(first.body).toMatchObject({
      eventType: 'ProductOrderStateChangeEvent',
      event: { productOrder: { id: thingIn(order).id, state: 'completed' } },
    })
    const [, seconds, digest] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(first.signature) ?? []
    expect(createHmac('sha256', secret).update(`${seconds}.${first.raw}`).digest('hex')).toBe(digest)

    const admin = await aStaffCaller(house.otklik.url, house.otklik.logins.admin)
    const log = await admin.call(integrations.listWebhookDeliveries, { params: { id: subscription.id } })
    expect(log.items).toMatchObject([{ event: 'order.changed', state: 'delivered' }])
    await system.ask(`${HUB}/${subscription.id}`, { method: 'DELETE' })
  })

  test('is the client’s own: looked at and ended by it alone', async () => {
    const { body } = await register({ callback, query: 'eventType=ProductOrderStateChangeEvent' })
    const stranger = await house.aSystem()
    for (const method of ['GET', 'DELETE'])
      expect((await stranger.ask(`${HUB}/${thingIn(body).id}`, { method })).status).toBe(404)
    expect((await system.ask(`/troubleTicket/v4/hub/${thingIn(body).id}`)).status).toBe(404)
    const { secret: _, ...subscription } = registered(body)
    expect((await system.ask(`${HUB}/${thingIn(body).id}`)).body).toEqual(subscription)
    expect((await system.ask(`${HUB}/${thingIn(body).id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await system.ask(`${HUB}/${thingIn(body).id}`, { method: 'DELETE' })).status).toBe(404)
  })

  test('is told nothing any more once its service token is revoked', async () => {
    const client = await house.aClient()
    const token = await house.askForToken({
      grant_type: 'client_credentials',
      client_id: client.clientId,
      client_secret: client.secret,
    })
    const asked = await fetch(`${house.otklik.url}/tmf-api${HUB}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${textIn(token.body, 'access_token')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ callback }),
    })
    const { id } = (await asked.json()) as { id: string }
    const admin = await aStaffCaller(house.otklik.url, house.otklik.logins.admin)
    await admin.call(integrations.revokeServiceToken, { params: { id: client.id } })
    await setLimit(200_000)
    await eventually(async () => {
      const log = await admin.call(integrations.listWebhookDeliveries, { params: { id } })
      return log.items.find((one) => one.state === 'delivered')
    })
    expect(listener.heard).toEqual([])
  })

  test('refuses inner addresses, events that there are not, and queries that it does not understand', async () => {
    expect((await register({ callback: 'http://10.0.0.1/x' })).status).toBe(422)
    expect((await register({ callback: 'ftp://example.com' })).status).toBe(400)
    expect((await register({})).status).toBe(400)
    for (const query of ['eventType=NoSuchEvent', 'productOrder.state=completed', 'x'])
      expect(await register({ callback, query })).toMatchObject({ status: 400, body: { '@type': 'Error' } })
    expect((await system.ask(`${HUB}/${randomUUID()}`)).status).toBe(404)
    expect((await system.ask(HUB)).status).toBe(405)
    const reader = await house.aSystem(['read'])
    expect((await register({ callback }, reader)).status).toBe(403)
    expect((await system.ask('/party/v4/hub', { method: 'POST', body: { callback } })).status).toBe(404)
  })

  test('of one client there are twenty at most', async () => {
    const eager = await house.aSystem()
    const answers = []
    for (let one = 0; one < 21; one++) answers.push((await register({ callback }, eager)).status)
    expect(answers.filter((status) => status === 201)).toHaveLength(20)
    expect(answers.at(-1)).toBe(409)
  })
})
