import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wrongWith } from '../../../test/factories/official-tmf.ts'
import {
  aTmfHouse,
  listIn,
  type TmfCaller,
  type TmfHouse,
  type TmfLine,
  textIn,
  thingIn,
} from '../../../test/factories/tmf.ts'
import { manualClock } from '../../platform/clock.ts'

const ORDER = '/productOrderingManagement/v4/productOrder'
const CANCEL = '/productOrderingManagement/v4/cancelProductOrder'
const clock = manualClock('2027-01-15T09:00:00Z')
let house: TmfHouse
let system: TmfCaller
let line: TmfLine
beforeAll(async () => {
  house = await aTmfHouse({ clock })
  system = await house.aSystem()
  line = await house.aLine()
})
afterAll(() => house.end())

const offeringId = async (code: string): Promise<string> => {
  const { body } = await system.ask('/productCatalogManagement/v4/productOffering')
  return listIn(body).find((one) => one.name === `Название ${code}`)!.id
}
const productNamed = async (name: string, of = line) => {
  const { body } = await system.ask(`/productInventory/v4/product?billingAccount.id=${of.id}`)
  return listIn(body).find((one) => one.name === `Название ${name}`)
}
const place = (body: object, headers?: Record<string, string>) => {
  clock.advance(1_000)
  return system.ask(ORDER, { method: 'POST', body, ...(headers && { headers }) })
}
const item = (more: object) => [{ id: '1', action: 'add', ...more }]
const balanceOf = async (of: TmfLine): Promise<number> => {
  const read = await house.otklik.my.edge.readLine(house.otklik.db, of.id)
  return read?.value.balanceKopecks ?? Number.NaN
}

describe('placing an order', () => {
  test('an option is connected, charged once, and told as TM Forum describes orders', async () => {
    const bare = await house.aLine({ bare: true })
    const before = await balanceOf(bare)
    const asked = {
      externalId: `crm-${bare.msisdn}`,
      billingAccount: { id: bare.id },
      productOrderItem: item({ productOffering: { id: await offeringId('an-option') } }),
    }
    const made = await place(asked)
    expect(made.status).toBe(201)
    expect(wrongWith('productOrderingManagement', 'ProductOrder', made.body)).toEqual([])
    expect(made.body).toMatchObject({
      state: 'completed',
      externalId: asked.externalId,
      channel: [{ id: 'api' }],
      relatedParty: [{ id: 'service', name: 'биллинг', role: 'orderer' }],
      orderTotalPrice: [{ priceType: 'oneTime', price: { taxIncludedAmount: { value: 100 } } }, {}],
    })
    expect(await balanceOf(bare)).toBe(before - 10_000)
    expect(await productNamed('an-option', bare)).toMatchObject({ status: 'active' })

    const repeated = await place(asked)
    expect(thingIn(repeated.body).id).toBe(thingIn(made.body).id)
    expect(await balanceOf(bare)).toBe(before - 10_000)
    const { body } = await system.ask(`${ORDER}?externalId=${asked.externalId}`)
    expect(body).toEqual([made.body])
  })

  test('the same name for another request is refused', async () => {
    const b = await offeringId('b-tariff')
    const headers = { 'idempotency-key': randomUUID() }
    const asked = (when: string) => ({
      productOrderItem: item({
        action: 'modify',
        productOffering: { id: b },
        product: { id: line.id, productCharacteristic: [{ name: 'when', value: when }] },
      }),
    })
    expect((await place(asked('period-end'), headers)).status).toBe(201)
    expect(await place(asked('now'), headers)).toMatchObject({
      status: 409,
      body: { '@type': 'Error', code: 'idempotency_key_reused' },
    })
    const { value } = (await house.otklik.my.edge.readLine(house.otklik.db, line.id))!
    expect(value.nextTariff?.terms.code).toBe('b-tariff')
  })

  test('switching off waits for its time and can be taken back until then', async () => {
    const content = await productNamed('a-content')
    const made = await place({ productOrderItem: item({ action: 'delete', product: { id: content!.id } }) })
    expect(made.body).toMatchObject({ state: 'acknowledged', category: 'stop-content' })
    expect(wrongWith('productOrderingManagement', 'ProductOrder', made.body)).toEqual([])
    expect(await productNamed('a-content')).toMatchObject({ status: 'pendingTerminate' })

    const undone = await system.ask(CANCEL, {
      method: 'POST',
      body: { productOrder: { id: thingIn(made.body).id } },
    })
    expect(undone.status).toBe(201)
    expect(wrongWith('productOrderingManagement', 'CancelProductOrder', undone.body)).toEqual([])
    expect((await system.ask(`${CANCEL}/${thingIn(undone.body).id}`)).body).toEqual(undone.body)
    expect((await system.ask(`${ORDER}/${thingIn(made.body).id}`)).body).toMatchObject({ state: 'cancelled' })
    expect(await productNamed('a-content')).toMatchObject({ status: 'active' })
  })

  test('switching off under the same name again is the same order, also when it has been done', async () => {
    const other = await house.aLine()
    const option = await productNamed('an-option', other)
    const asked = {
      externalId: `off-${other.msisdn}`,
      productOrderItem: item({ action: 'delete', product: { id: option!.id } }),
    }
    const made = await place(asked)
    clock.advance(11_000)
    await house.otklik.drain()
    expect(await productNamed('an-option', other)).toBeUndefined()
    expect((await place(asked)).body).toMatchObject({ id: thingIn(made.body).id, state: 'completed' })
  })

  test('what was done already cannot be cancelled', async () => {
    const { body } = await place({
      billingAccount: { id: line.id },
      productOrderItem: item({
        action: 'modify',
        product: {
          productCharacteristic: [
            { name: 'request', value: { kind: 'set-limit', limit: 'roaming-day', amountKopecks: 50_000 } },
          ],
        },
      }),
    })
    expect(thingIn(body).state).toBe('completed')
    expect(
      await system.ask(CANCEL, { method: 'POST', body: { productOrder: { id: thingIn(body).id } } }),
    ).toMatchObject({ status: 409, body: { code: 'not_undoable' } })
    expect((await system.ask(`${CANCEL}/${thingIn(body).id}`)).status).toBe(404)
  })

  test('what conflicts is refused with the conflict, what only the person may agree to is forbidden', async () => {
    const again = await place({
      billingAccount: { id: line.id },
      productOrderItem: item({ productOffering: { id: await offeringId('an-option') } }),
    })
    expect(again).toMatchObject({ status: 409, body: { code: 'order_refused' } })
    expect(textIn(again.body, 'message')).toContain('already')
    expect(wrongWith('productOrderingManagement', 'Error', again.body)).toEqual([])
    const consent = await place({
      billingAccount: { id: line.id },
      productOrderItem: item({
        productOffering: { id: await offeringId('a-content') },
        product: { productCharacteristic: [{ name: 'consent', value: 'Согласна' }] },
      }),
    })
    expect(consent).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    const transfer = await place({
      billingAccount: { id: line.id },
      productOrderItem: item({
        action: 'modify',
        product: {
          productCharacteristic: [
            { name: 'request', value: { kind: 'transfer-money', toMsisdn: line.msisdn, amountKopecks: 100 } },
          ],
        },
      }),
    })
    expect(transfer).toMatchObject({ status: 403 })
  })

  test('what cannot be understood is refused before anything happens', async () => {
    const other = await house.aLine()
    const content = await productNamed('a-content', other)
    const bad = [
      {},
      { productOrderItem: [] },
      { productOrderItem: item({}) },
      { billingAccount: { id: line.id }, productOrderItem: item({ productOffering: { id: randomUUID() } }) },
      { billingAccount: { id: line.id }, productOrderItem: [...item({}), ...item({})] },
      {
        billingAccount: { id: line.id },
        productOrderItem: item({ action: 'delete', product: { id: content!.id } }),
      },
      {
        billingAccount: { id: line.id },
        productOrderItem: item({
          product: {
            productCharacteristic: [
              { name: 'request', value: { kind: 'promised-payment', amountKopecks: -5 } },
            ],
          },
        }),
      },
    ]
    for (const body of bad)
      expect(await place(body)).toMatchObject({ status: 400, body: { '@type': 'Error' } })
    const nobody = await place({
      billingAccount: { id: randomUUID() },
      productOrderItem: item({ productOffering: { id: await offeringId('an-option') } }),
    })
    expect(nobody.status).toBe(404)
    const garbled = await fetch(`${house.otklik.url}/tmf-api${ORDER}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${system.token}`, 'content-type': 'application/json' },
      body: '{',
    })
    expect(garbled.status).toBe(400)
    expect(await garbled.json()).toMatchObject({ '@type': 'Error', code: 'malformed_json' })
  })

  test('a reader may not order', async () => {
    const reader = await house.aSystem(['read'])
    expect((await reader.ask(ORDER, { method: 'POST', body: {} })).status).toBe(403)
  })
})

describe('reading orders', () => {
  test('a line’s orders are a list, newest first; other lines’ are not in it', async () => {
    const other = await house.aLine()
    const { body, status } = await system.ask(`${ORDER}?billingAccount.id=${line.id}&fields=state,category`)
    expect(status).toBe(200)
    expect(listIn(body).map((one) => one.category)).toEqual(['set-limit', 'stop-content', 'change-tariff'])
    expect((await system.ask(`${ORDER}?billingAccount.id=${other.id}`)).body).toEqual([])
    expect((await system.ask(`${ORDER}?billingAccount.id=${line.id}&state=cancelled`)).body).toHaveLength(1)
    expect((await system.ask(ORDER)).status).toBe(400)
    expect((await system.ask(`${ORDER}/${randomUUID()}`)).status).toBe(404)
  })

  test('who is another client does not find an order by a name of mine', async () => {
    const { body } = await place({
      externalId: 'mine',
      billingAccount: { id: line.id },
      productOrderItem: item({
        action: 'modify',
        product: {
          productCharacteristic: [
            { name: 'request', value: { kind: 'set-limit', limit: 'spend-month', amountKopecks: 5_000_00 } },
          ],
        },
      }),
    })
    expect(body).toMatchObject({ state: 'completed' })
    const stranger = await house.aSystem()
    expect((await stranger.ask(`${ORDER}?externalId=mine`)).body).toEqual([])
  })
})
