import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOtklik, type TestOtklik } from '../../test/factories/otklik.ts'
import { seedCatalogue } from '../operator/catalogue/index.ts'
import { readBook } from '../operator/market/index.ts'
import { openDemoLines } from './open-demo-lines.ts'
import { VOLNA_CATALOGUE } from './volna/catalogue.ts'
import { VOLNA_LOTS } from './volna/lots.ts'

let otklik: TestOtklik
beforeAll(async () => {
  otklik = await anOtklik()
})
afterAll(() => otklik.end())

test('on first start somebody of the demo sells something, as the rules allow, once', async () => {
  const { db, clock, market } = otklik
  await seedCatalogue(db, clock, VOLNA_CATALOGUE, 'Волна')
  await openDemoLines(otklik)
  await openDemoLines(otklik)
  const books = await Promise.all(
    (['data', 'voice', 'sms'] as const).map((type) => readBook(db, market, { type, units: null, limit: 50 })),
  )
  expect(books.flatMap(({ lots }) => lots)).toHaveLength(VOLNA_LOTS.length)
})
