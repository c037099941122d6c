import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wrongWith } from '../../../test/factories/official-tmf.ts'
import { aTmfHouse, type TmfCaller, type TmfHouse } from '../../../test/factories/tmf.ts'

let house: TmfHouse
let system: TmfCaller
beforeAll(async () => {
  house = await aTmfHouse()
  system = await house.aSystem()
})
afterAll(() => house.end())

describe('parties', () => {
  test('a person is an individual with the numbers that are theirs', async () => {
    const line = await house.aLine({ name: 'Вера Ким', bare: true })
    const { body } = await system.ask(`/party/v4/individual/${line.partyId}`)
    expect(wrongWith('party', 'Individual', body)).toEqual([])
    expect(body).toMatchObject({
      fullName: 'Вера Ким',
      contactMedium: [{ characteristic: { contactType: 'owner', phoneNumber: line.msisdn } }],
    })
    const found = await system.ask(
      `/party/v4/individual?contactMedium.characteristic.phoneNumber=${line.msisdn}`,
    )
    expect(found.body).toEqual([body])
    expect((await system.ask(`/party/v4/organization/${line.partyId}`)).status).toBe(404)
  })

  test('a company is an organization', async () => {
    const partyId = await house.aParty('ООО Ромашка', 'company')
    const line = await house.aLine({ partyId, bare: true })
    const { body } = await system.ask(`/party/v4/organization?id=${line.partyId}`)
    expect(body.flatMap((one: unknown) => wrongWith('party', 'Organization', one))).toEqual([])
    expect(body).toMatchObject([{ name: 'ООО Ромашка' }])
    expect((await system.ask(`/party/v4/individual?id=${partyId}`)).body).toEqual([])
  })

  test('nobody is listed who was not asked for', async () => {
    expect((await system.ask('/party/v4/individual')).status).toBe(400)
    expect((await system.ask('/party/v4/individual?fullName=Вера Ким')).status).toBe(400)
    expect((await system.ask(`/party/v4/individual/${randomUUID()}`)).status).toBe(404)
  })
})
