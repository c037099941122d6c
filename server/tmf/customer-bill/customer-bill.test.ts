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
import { valuesAt } from '../core/attribute.ts'
import { recentMonths } from './months.ts'

const API = '/customerBillManagement/v4'
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

describe('bills', () => {
  test('a month in which money moved is a bill; nothing is ever due of it', async () => {
    const { body } = await system.ask(`${API}/customerBill?billingAccount.id=${line.id}`)
    expect(listIn(body).flatMap((one) => wrongWith('customerBillManagement', 'CustomerBill', one))).toEqual(
      [],
    )
    expect(body).toMatchObject([
      {
        id: `${line.id}.2027-01`,
        state: 'new',
        taxIncludedAmount: { unit: 'RUB', value: 607 },
        amountDue: { value: 0 },
        billingPeriod: { startDateTime: '2027-01-01T00:00:00.000Z', endDateTime: '2027-02-01T00:00:00.000Z' },
      },
    ])
    expect((await system.ask(`${API}/customerBill/${line.id}.2027-01`)).body).toEqual(listIn(body)[0]!)
    expect((await system.ask(`${API}/customerBill?id=${line.id}.2027-01`)).body).toEqual(body)
  })

  test('each movement of money is a rate applied to it', async () => {
    const { body } = await system.ask(`${API}/appliedCustomerBillingRate?bill.id=${line.id}.2027-01`)
    expect(
      listIn(body).flatMap((one) => wrongWith('customerBillManagement', 'AppliedCustomerBillingRate', one)),
    ).toEqual([])
    const amounts = listIn(body).map((one) => [one.type, ...valuesAt(one, 'taxIncludedAmount.value')])
    expect(amounts).toEqual(
      expect.arrayContaining([
        ['tariff', 500],
        ['option', 100],
        ['content', 7],
      ]),
    )
    for (const one of listIn(body))
      expect((await system.ask(`${API}/appliedCustomerBillingRate/${one.id}`)).body).toEqual(one)
    const options = await system.ask(
      `${API}/appliedCustomerBillingRate?billingAccount.name=${line.msisdn}&type=option`,
    )
    expect(options.body).toHaveLength(1)
  })

  test('other months, lines and charges are not found', async () => {
    const other = await house.aLine({ bare: true })
    const { body } = await system.ask(`${API}/appliedCustomerBillingRate?bill.id=${line.id}.2027-01`)
    const charge = listIn(body)[0]!.id.split('.').at(-1)
    const paths = [
      `customerBill/${line.id}.2026-12`,
      `customerBill/${line.id}.2027-13`,
      `customerBill/${line.id}`,
      `customerBill/${randomUUID()}.2027-01`,
      `appliedCustomerBillingRate/${other.id}.2027-01.${charge}`,
      `appliedCustomerBillingRate/${line.id}.2026-12.${charge}`,
    ]
    for (const path of paths) expect((await system.ask(`${API}/${path}`)).status).toBe(404)
    expect((await system.ask(`${API}/customerBill`)).status).toBe(400)
    expect((await system.ask(`${API}/appliedCustomerBillingRate?type=option`)).status).toBe(400)
  })

  test('months go back over a new year, and begin with the one that has begun in the east', () => {
    expect(recentMonths(new Date('2027-02-28T09:00:00Z'))).toEqual([
      '2027-02',
      '2027-01',
      '2026-12',
      '2026-11',
      '2026-10',
      '2026-09',
    ])
    expect(recentMonths(new Date('2027-01-31T20:00:00Z'))[0]).toBe('2027-02')
  })
})
