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

const API = '/usageConsumption/v4'
let house: TmfHouse
let system: TmfCaller
let line: TmfLine
beforeAll(async () => {
  house = await aTmfHouse()
  system = await house.aSystem()
  line = await house.aLine()
})
afterAll(() => house.end())

describe('usage consumption', () => {
  test('is told as the report of 4.0.0', async () => {
    const { body } = await system.ask(
      `${API}/usageConsumptionReport?bucket.product.publicIdentifier=${line.msisdn}`,
    )
    expect(
      listIn(body).flatMap((one) => wrongWith('usageConsumptionReport', 'UsageConsumptionReport', one)),
    ).toEqual([])
    expect(listIn(body)[0]!.bucket).toHaveLength(3)
    expect(listIn(body)[0]).toMatchObject({
      bucket: [
        { bucketCounter: [{ counterType: 'used', value: { amount: 0 } }, { counterType: 'initial' }] },
        {},
        {},
      ],
    })
    expect(thingIn((await system.ask(`${API}/usageConsumptionReport/${line.id}`)).body).bucket).toEqual(
      listIn(body)[0]!.bucket,
    )
  })

  test('is told as the answer to a query of 4.0.1, by number or product', async () => {
    for (const searchCriteria of [
      { logicalResource: [{ id: line.msisdn }] },
      { product: [{ id: line.id }] },
    ]) {
      const { status, body, headers } = await system.ask(`${API}/queryUsageConsumption`, {
        method: 'POST',
        body: { searchCriteria },
      })
      expect(status).toBe(201)
      expect(wrongWith('queryUsageConsumption', 'QueryUsageConsumption', body)).toEqual([])
      expect(valuesAt(body, 'usageConsumption.bucketRefOrValue')).toHaveLength(3)
      const again = await system.ask(new URL(headers.get('location') ?? '').pathname.replace('/tmf-api', ''))
      expect(valuesAt(again.body, 'usageConsumption.bucketRefOrValue')).toEqual(
        valuesAt(body, 'usageConsumption.bucketRefOrValue'),
      )
    }
  })

  test('of nobody in particular, or of an unknown number, there is none', async () => {
    const query = (searchCriteria: object) =>
      system.ask(`${API}/queryUsageConsumption`, { method: 'POST', body: { searchCriteria } })
    expect((await query({})).status).toBe(400)
    expect((await query({ logicalResource: [{ id: '79009999999' }] })).status).toBe(404)
    expect((await query({ product: [{ id: randomUUID() }] })).status).toBe(404)
    expect((await system.ask(`${API}/usageConsumptionReport`)).status).toBe(400)
  })
})
