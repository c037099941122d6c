import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wrongWith } from '../../../test/factories/official-tmf.ts'
import { aTmfHouse, listIn, type TmfCaller, type TmfHouse, thingIn } from '../../../test/factories/tmf.ts'

const API = '/accountManagement/v4'
let house: TmfHouse
let system: TmfCaller
beforeAll(async () => {
  house = await aTmfHouse()
  system = await house.aSystem()
})
afterAll(() => house.end())

describe('accounts', () => {
  test('a line’s money is a billing account', async () => {
    const line = await house.aLine({ bare: true, kopecks: 100_000 })
    const { body } = await system.ask(`${API}/billingAccount/${line.id}`)
    expect(wrongWith('accountManagement', 'BillingAccount', body)).toEqual([])
    expect(body).toMatchObject({
      name: line.msisdn,
      state: 'active',
      paymentStatus: 'paid',
      accountBalance: [
        { balanceType: 'cash', amount: { unit: 'RUB', value: 500 } },
        { balanceType: 'held', amount: { value: 0 } },
      ],
    })
    expect((await system.ask(`${API}/billingAccount?name=${line.msisdn}&fields=state`)).body).toEqual([
      { id: line.id, href: thingIn(body).href, state: 'active' },
    ])
  })

  test('a fee that is not covered is due', async () => {
    const line = await house.aLine({ bare: true, kopecks: 100 })
    const { body } = await system.ask(`${API}/billingAccount/${line.id}`)
    expect(body).toMatchObject({ state: 'suspended', paymentStatus: 'due' })
  })

  test('a party’s account holds those of its own lines', async () => {
    const partyId = await house.aParty('Вера Ким')
    const lines = [await house.aLine({ partyId, bare: true }), await house.aLine({ partyId, bare: true })]
    const { body } = await system.ask(`${API}/partyAccount?relatedParty.id=${partyId}`)
    expect(listIn(body).flatMap((one) => wrongWith('accountManagement', 'PartyAccount', one))).toEqual([])
    expect(body).toMatchObject([
      { id: partyId, name: 'Вера Ким', accountRelationship: lines.map(({ id }) => ({ account: { id } })) },
    ])
    expect((await system.ask(`${API}/partyAccount/${partyId}`)).body).toEqual(listIn(body)[0]!)
  })

  test('what is unknown is not found, and nobody is listed who was not asked for', async () => {
    for (const name of ['billingAccount', 'partyAccount']) {
      expect((await system.ask(`${API}/${name}/${randomUUID()}`)).status).toBe(404)
      expect((await system.ask(`${API}/${name}`)).status).toBe(400)
    }
  })
})
