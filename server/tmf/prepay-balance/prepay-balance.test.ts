import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wrongWith } from '../../../test/factories/official-tmf.ts'
import {
  aTmfHouse,
  listIn,
  type TmfCaller,
  type TmfHouse,
  type TmfLine,
} from '../../../test/factories/tmf.ts'
import { manualClock } from '../../platform/clock.ts'

const API = '/prepayBalanceManagement/v4'
const GB = 1024 ** 3
let house: TmfHouse
let system: TmfCaller
let line: TmfLine
beforeAll(async () => {
  house = await aTmfHouse({ clock: manualClock('2027-01-15T09:00:00Z') })
  system = await house.aSystem()
  line = await house.aLine({ kopecks: 500_000 })
})
afterAll(() => house.end())

describe('prepay balance', () => {
  test('money and packages are buckets, as TM Forum describes them', async () => {
    const { status, body } = await system.ask(`${API}/bucket?logicalResource.id=${line.msisdn}`)
    expect(status).toBe(200)
    expect(listIn(body).flatMap((one) => wrongWith('prepayBalanceManagement', 'Bucket', one))).toEqual([])
    // 500 ₽ of the tariff, 100 ₽ of the option and 7 ₽ of the subscription were charged at once.
    expect(listIn(body)[0]!).toMatchObject({
      id: `${line.id}.money`,
      usageType: 'monetary',
      remainingValue: { amount: 4393, units: 'RUB' },
      reservedValue: { amount: 0 },
    })
    expect(listIn(body).filter((one) => one.usageType === 'data')).toMatchObject([
      { remainingValue: { amount: expect.any(Number), units: 'byte' }, '@baseType': 'Bucket' },
      {},
    ])
  })

  test('balances put together what there is of each kind', async () => {
    const { body } = await system.ask(`${API}/accumulatedBalance?product.id=${line.id}`)
    expect(
      listIn(body).flatMap((one) => wrongWith('prepayBalanceManagement', 'AccumulatedBalance', one)),
    ).toEqual([])
    expect(body).toMatchObject([
      { name: 'money', totalBalance: { amount: 4393 } },
      { name: 'data', totalBalance: { amount: 35 * GB }, bucket: [{}, {}] },
      { name: 'voice', totalBalance: { amount: 500 * 60 } },
    ])
  })

  test('each is read by its id, and no other line’s under it', async () => {
    const other = await house.aLine()
    const { body } = await system.ask(`${API}/bucket?relatedParty.id=${line.partyId}`)
    for (const one of listIn(body)) {
      expect((await system.ask(`${API}/bucket/${one.id}`)).body).toEqual(one)
      const [, part] = one.id.split('.')
      if (part !== 'money') expect((await system.ask(`${API}/bucket/${other.id}.${part}`)).status).toBe(404)
    }
    expect((await system.ask(`${API}/bucket/${randomUUID()}.money`)).status).toBe(404)
    expect((await system.ask(`${API}/accumulatedBalance/${line.id}.money`)).status).toBe(200)
    expect((await system.ask(`${API}/bucket`)).status).toBe(400)
  })

  test('money does not move here', async () => {
    const { status, headers } = await system.ask(`${API}/bucket`, { method: 'POST', body: {} })
    expect([status, headers.get('allow')]).toEqual([405, 'GET'])
  })
})
