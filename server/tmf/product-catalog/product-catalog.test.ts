import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { OfferingTerms } from '../../../contracts/catalogue.ts'
import { wrongWith } from '../../../test/factories/official-tmf.ts'
import { aTmfHouse, listIn, type TmfCaller, type TmfHouse } from '../../../test/factories/tmf.ts'
import { valuesAt } from '../core/attribute.ts'

const CATALOG = '/productCatalogManagement/v4'
let house: TmfHouse
let system: TmfCaller
beforeAll(async () => {
  house = await aTmfHouse()
  system = await house.aSystem(['read'])
})
afterAll(() => house.end())

describe('the product catalog', () => {
  test.each([
    ['catalog', 'Catalog', 1],
    ['category', 'Category', 11],
    ['productOffering', 'ProductOffering', 5],
    ['productOfferingPrice', 'ProductOfferingPrice', 7],
  ])('its %s is as TM Forum describes it, in the list and alone', async (name, definition, count) => {
    const { status, body } = await system.ask(`${CATALOG}/${name}`)
    expect(status).toBe(200)
    expect(body).toHaveLength(count)
    expect(listIn(body).flatMap((one) => wrongWith('productCatalogManagement', definition, one))).toEqual([])
    for (const one of listIn(body))
      expect((await system.ask(`${CATALOG}/${name}/${one.id}`)).body).toEqual(one)
  })

  test('an offering says what it costs and loses nothing of its terms', async () => {
    const { body } = await system.ask(
      `${CATALOG}/productOffering?prodSpecCharValueUse.productSpecCharacteristicValue.value=a-tariff`,
    )
    const uses = z
      .array(z.looseObject({ name: z.string() }))
      .parse(valuesAt(listIn(body)[0], 'prodSpecCharValueUse'))
    const terms = uses.find(({ name }) => name === 'terms')
    const [read] = z.array(OfferingTerms).parse(valuesAt(terms, 'productSpecCharacteristicValue.value'))
    expect(read).toMatchObject({ kind: 'tariff', code: 'a-tariff', feeKopecks: 50_000 })
    const fee = await system.ask(
      `${CATALOG}/productOfferingPrice/${valuesAt(listIn(body)[0], 'productOfferingPrice.id')[0]}`,
    )
    expect(fee.body).toMatchObject({ priceType: 'recurring', price: { unit: 'RUB', value: 500 } })
  })

  test('by category, by fields, and nothing for unknown ids', async () => {
    const options = await system.ask(
      `${CATALOG}/productOffering?category.id=option-internet&fields=name,isSellable`,
    )
    expect(options.body).toEqual([
      { id: expect.any(String), href: expect.any(String), name: 'Название an-option', isSellable: true },
    ])
    for (const path of [
      'catalog/x',
      'category/x',
      'productOffering/x',
      `productOffering/${randomUUID()}`,
      'productOfferingPrice/x.fee',
    ])
      expect((await system.ask(`${CATALOG}/${path}`)).status).toBe(404)
  })
})
