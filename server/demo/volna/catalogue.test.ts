import { afterAll, beforeAll, expect, test } from 'vitest'
import { OfferingTerms } from '../../../contracts/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { readCatalogue, seedCatalogue } from '../../operator/catalogue/index.ts'
import { systemClock } from '../../platform/clock.ts'
import { VOLNA_CATALOGUE } from './catalogue.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('the catalogue of the demo is published as it stands, in both languages, without contradictions', async () => {
  for (const terms of VOLNA_CATALOGUE) {
    expect(OfferingTerms.parse(terms)).toEqual(terms)
    expect(terms.summary.ru.length).toBeGreaterThan(20)
    expect(terms.summary.en.length).toBeGreaterThan(20)
  }
  expect(await seedCatalogue(database.db, systemClock, VOLNA_CATALOGUE, 'Волна')).toBe(true)
  const { version, offerings } = await readCatalogue(database.db)
  expect([version, offerings.length]).toEqual([1, VOLNA_CATALOGUE.length])
})
