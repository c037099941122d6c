import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wrongWith } from '../../../test/factories/official-tmf.ts'
import {
  aTmfHouse,
  listIn,
  type TmfCaller,
  type TmfHouse,
  type TmfLine,
  thingIn,
} from '../../../test/factories/tmf.ts'
import { valuesAt } from '../core/attribute.ts'

const CHECK = '/productOfferingQualification/v4/productOfferingQualification'
const ORDER = '/productOrderingManagement/v4/productOrder'
let house: TmfHouse
let system: TmfCaller
let line: TmfLine
let option: string
beforeAll(async () => {
  house = await aTmfHouse()
  system = await house.aSystem()
  line = await house.aLine({ bare: true })
  const { body } = await system.ask('/productCatalogManagement/v4/productOffering?name=Название an-option')
  option = listIn(body)[0]!.id
})
afterAll(() => house.end())

const item = () => ({
  id: '1',
  action: 'add',
  productOffering: { id: option },
  product: { billingAccount: { id: line.id } },
})
const check = (items: object[]) =>
  system.ask(CHECK, { method: 'POST', body: { productOfferingQualificationItem: items } })
const order = (qualificationId: string) =>
  system.ask(ORDER, {
    method: 'POST',
    body: { productOrderItem: [item()], productOfferingQualification: [{ id: qualificationId }] },
  })

describe('a check before an order', () => {
  test('says whether it can be, and what it would cost; what was seen is what is done', async () => {
    const { status, body } = await check([item()])
    expect(status).toBe(201)
    expect(wrongWith('productOfferingQualification', 'ProductOfferingQualification', body)).toEqual([])
    expect(body).toMatchObject({ state: 'done', qualificationResult: 'qualified' })
    const effects = 'productOfferingQualificationItem.product.productCharacteristic.value.effects'
    expect(valuesAt(body, effects)).toContainEqual({
      effect: 'charge-now',
      kopecks: 10_000,
      for: 'an-option',
    })
    expect(await order('something else')).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect(await order(thingIn(body).id)).toMatchObject({ status: 201, body: { state: 'completed' } })
  })

  test('says why it cannot be', async () => {
    const { body } = await check([item()])
    expect(body).toMatchObject({
      qualificationResult: 'unqualified',
      productOfferingQualificationItem: [{ eligibilityUnavailabilityReason: [{ code: 'already' }] }],
    })
    expect(wrongWith('productOfferingQualification', 'ProductOfferingQualification', body)).toEqual([])
  })

  test('of nothing, of two things, or for an unknown line is refused', async () => {
    expect((await check([])).status).toBe(400)
    expect((await check([item(), item()])).status).toBe(400)
    expect((await check([{ ...item(), product: { billingAccount: { id: randomUUID() } } }])).status).toBe(404)
    expect((await system.ask(`${CHECK}/x`)).status).toBe(405)
  })
})
