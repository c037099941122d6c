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
} from '../../../test/factories/tmf.ts'
import { one, sql } from '../../platform/database/index.ts'

const PRODUCT = '/productInventory/v4/product'
let house: TmfHouse
let system: TmfCaller
let line: TmfLine
beforeAll(async () => {
  house = await aTmfHouse()
  system = await house.aSystem()
  line = await house.aLine()
})
afterAll(() => house.end())

describe('products of a line', () => {
  test('are the line with its tariff and what is connected to it, as TM Forum describes products', async () => {
    const { status, body, headers } = await system.ask(`${PRODUCT}?productSerialNumber=${line.msisdn}`)
    expect(status).toBe(200)
    expect(listIn(body).flatMap((one) => wrongWith('productInventory', 'Product', one))).toEqual([])
    expect(listIn(body).map((one) => one.name)).toEqual([
      'Название a-tariff',
      'Название an-option',
      'Название a-content',
      'Название a-discount',
    ])
    expect(listIn(body)[0]!).toMatchObject({
      id: line.id,
      status: 'active',
      productSerialNumber: line.msisdn,
      relatedParty: [{ id: line.partyId, name: 'Анна Орлова', role: 'owner' }],
    })
    expect(headers.get('x-total-count')).toBe('4')
    expect(headers.get('x-result-count')).toBe('4')
  })

  test('each is read by its address, in the language that was asked for', async () => {
    const list = await system.ask(`${PRODUCT}?relatedParty.id=${line.partyId}`)
    for (const { href, id } of listIn(list.body)) {
      const path = new URL(String(href)).pathname.replace('/tmf-api', '')
      const { status, body } = await system.ask(path, { headers: { 'accept-language': 'en' } })
      expect(status).toBe(200)
      expect(body).toMatchObject({ id, name: expect.stringMatching(/^Title of /) })
      expect(wrongWith('productInventory', 'Product', body)).toEqual([])
    }
  })

  test('a page is told as one: 206, how many there are, how many these are', async () => {
    const { status, body, headers } = await system.ask(
      `${PRODUCT}?billingAccount.id=${line.id}&offset=1&limit=2&fields=name`,
    )
    expect(status).toBe(206)
    expect(listIn(body).map((one: object) => Object.keys(one).sort())).toEqual([
      ['href', 'id', 'name'],
      ['href', 'id', 'name'],
    ])
    expect([headers.get('x-total-count'), headers.get('x-result-count')]).toEqual(['4', '2'])
  })

  test('filters reach what stands inside', async () => {
    const ask = async (filter: string) =>
      listIn((await system.ask(`${PRODUCT}?billingAccount.id=${line.id}&${filter}`)).body).length
    expect(await ask('productCharacteristic.value=content')).toBe(1)
    expect(await ask('productPrice.price.taxIncludedAmount.value.gt=90')).toBe(2)
    expect(await ask(`productRelationship.product.id=${line.id}`)).toBe(3)
    expect(await ask('status.ne=active')).toBe(0)
  })
})

describe('what is not told', () => {
  test('nobody walks through everybody’s products: a list says whose', async () => {
    for (const query of ['', '?status=active', `?productSerialNumber.gt=0`, '?relatedParty.id=1,2']) {
      const { status, body } = await system.ask(PRODUCT + query)
      expect(status).toBe(400)
      expect(wrongWith('productInventory', 'Error', body)).toEqual([])
      expect(textIn(body, 'message')).toContain('productSerialNumber')
    }
  })

  test('unknown attributes are refused, unknown and malformed ids are not found', async () => {
    const unknown = await system.ask(`${PRODUCT}?billingAccount.id=${line.id}&colour=red`)
    expect(unknown).toMatchObject({ status: 400, body: { '@type': 'Error', code: 'invalid_request' } })
    const other = await house.aLine({ bare: true })
    for (const id of [
      randomUUID(),
      'x',
      `${line.id}.x`,
      `${other.id}.${line.id}`,
      "%27or%271'",
      line.partyId,
    ]) {
      const { status, body } = await system.ask(`${PRODUCT}/${id}`)
      expect(status).toBe(404)
      expect(wrongWith('productInventory', 'Error', body)).toEqual([])
    }
    expect((await system.ask(`${PRODUCT}?billingAccount.id=${randomUUID()}`)).body).toEqual([])
  })

  test('without the scope `numbers` phone numbers are masked, and can still be asked by', async () => {
    const reader = await house.aSystem(['read'])
    const { body } = await reader.ask(`${PRODUCT}?productSerialNumber=${line.msisdn}`)
    expect(body).toHaveLength(4)
    expect(JSON.stringify(body)).not.toContain(line.msisdn)
  })

  test('a writer without `read` is told which scope is missing', async () => {
    const writer = await house.aSystem(['write'])
    const { status, headers } = await writer.ask(`${PRODUCT}/${line.id}`)
    expect(status).toBe(403)
    expect(headers.get('www-authenticate')).toContain('insufficient_scope')
  })

  test('what an API does not do is 405 with what it does, what it does not have is 404', async () => {
    const changed = await system.ask(`${PRODUCT}/${line.id}`, { method: 'DELETE' })
    expect(changed.status).toBe(405)
    expect(changed.headers.get('allow')).toBe('GET')
    expect(wrongWith('productInventory', 'Error', changed.body)).toEqual([])
    expect((await system.ask('/productInventory/v4/nothing')).status).toBe(404)
    expect((await system.ask('/nothing/v4/product')).body).toMatchObject({ '@type': 'Error' })
  })
})

test('an answer is told without its body when only its head is asked for', async () => {
  const { status } = await system.ask(`${PRODUCT}/${line.id}`, { method: 'HEAD' })
  expect(status).toBe(200)
})

test('a look at a line is in the audit like every other', async () => {
  const watched = await house.aLine({ name: 'Вера Ким' })
  await system.ask(`${PRODUCT}/${watched.id}`)
  const { looks } = await one(
    house.otklik.db,
    sql<{ looks: number }>`select count(*)::int as looks from audit.access
      where actor_kind = 'service' and contact_point_id = ${watched.id}`,
  )
  expect(looks).toBe(1)
})
