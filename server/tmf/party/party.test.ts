import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wrongWith } from '../../../test/factories/official-tmf.ts'
import { aTmfHouse, listIn, type TmfCaller, type TmfHouse, textIn } from '../../../test/factories/tmf.ts'
import { readSubscriber, subscriberOfParty } from '../../care/subscribers/index.ts'
import { rows, sql } from '../../platform/database/index.ts'

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
    expect(listIn(body).flatMap((one) => wrongWith('party', 'Organization', one))).toEqual([])
    expect(body).toMatchObject([{ name: 'ООО Ромашка' }])
    expect((await system.ask(`/party/v4/individual?id=${partyId}`)).body).toEqual([])
  })

  test('nobody is listed who was not asked for', async () => {
    expect((await system.ask('/party/v4/individual')).status).toBe(400)
    expect((await system.ask('/party/v4/individual?fullName=Вера Ким')).status).toBe(400)
    expect((await system.ask(`/party/v4/individual/${randomUUID()}`)).status).toBe(404)
  })
})

describe('changing a party', () => {
  const change = (path: string, body: object, by = system) =>
    by.ask(`/party/v4/${path}`, { method: 'PATCH', body })

  test('gives it another name, in the books and for the subscriber, and the audit says who did', async () => {
    const line = await house.aLine({ name: 'Анна Орлва', bare: true })
    const { status, body } = await change(`individual/${line.partyId}`, { fullName: 'Анна Орлова' })
    expect(status).toBe(200)
    expect(wrongWith('party', 'Individual', body)).toEqual([])
    expect((await system.ask(`/party/v4/individual/${line.partyId}`)).body).toEqual(body)
    const { db, my } = house.otklik
    const known = await my.edge.findLine(db, line.id)
    expect(known?.people).toMatchObject([{ name: 'Анна Орлова' }])
    const subscriberId = (await subscriberOfParty(db, line.partyId)) ?? ''
    expect(await readSubscriber(db, subscriberId)).toMatchObject({ name: 'Анна Орлова' })
    const changes = await rows(
      db,
      sql<{ act: string; actor: string }>`select act, actor_name as actor from audit.change
        where subject = any(${[`party:${line.partyId}`, `subscriber:${subscriberId}`]}) and actor_kind = 'service'`,
    )
    expect(changes.map(({ actor }) => actor)).toEqual(['биллинг', 'биллинг'])
    await change(`individual/${line.partyId}`, { fullName: 'Анна Орлова' })
    const again = await rows(
      db,
      sql`select from audit.change where act = 'party.renamed' and subject = ${`party:${line.partyId}`}`,
    )
    expect(again).toHaveLength(1)
  })

  test('does not say where somebody is reached: contact points are linked by proof alone', async () => {
    const line = await house.aLine({ bare: true })
    const path = `individual/${line.partyId}`
    const told = await change(path, {
      fullName: 'Анна Орлова',
      contactMedium: [{ mediumType: 'email', characteristic: { emailAddress: 'anna@example.ru' } }],
    })
    expect(told).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    expect(textIn(told.body, 'message')).toContain('by proof alone')
    for (const body of [{}, { fullName: '' }, { fullName: 'Анна', status: 'deceased' }])
      expect((await change(path, body)).status).toBe(400)
  })

  test('of the other kind, or that there is not, is not found; a reader may not', async () => {
    const line = await house.aLine({ bare: true })
    expect((await change(`organization/${line.partyId}`, { name: 'ООО' })).status).toBe(404)
    expect((await change(`individual/${randomUUID()}`, { fullName: 'Кто' })).status).toBe(404)
    const reader = await house.aSystem(['read'])
    expect((await change(`individual/${line.partyId}`, { fullName: 'Кто' }, reader)).status).toBe(403)
  })
})
