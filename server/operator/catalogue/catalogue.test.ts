import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OfferingTerms, OptionTerms, TariffTerms } from '../../../contracts/catalogue.ts'
import { anOption, aTariff } from '../../../test/factories/offerings.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { manualClock } from '../../platform/clock.ts'
import { inTransaction, rows, sql } from '../../platform/database/index.ts'
import {
  findInForce,
  findOffered,
  findOffering,
  listOffered,
  publishCatalogue,
  readCatalogue,
  readOfferings,
  seedCatalogue,
} from './index.ts'

const clock = manualClock('2026-11-24T09:00:00Z')
const calm: TariffTerms = aTariff({ code: 'calm' })
const messengers: OptionTerms = anOption({ code: 'messengers' })
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await seedCatalogue(database.db, clock, [calm, messengers], 'Волна')
})
afterAll(() => database.drop())

const readNow = () => readCatalogue(database.db)
async function publish(offerings: readonly OfferingTerms[], basedOn?: number) {
  const draft = { basedOn: basedOn ?? (await readNow()).version, offerings, by: 'Дизайнер' }
  return inTransaction(database.db, (tx) =>
    publishCatalogue(tx, { clock, countLinesOf: async (_, ids) => new Map(ids.map((id) => [id, 7])) }, draft),
  )
}
async function idOf(code: string): Promise<string> {
  const offering = await findInForce(database.db, code)
  return offering!.id
}

describe('the catalogue', () => {
  test('is seeded once', async () => {
    expect(await seedCatalogue(database.db, clock, [calm], 'Волна')).toBe(false)
    expect((await readNow()).offerings.map(({ terms }) => terms.code)).toEqual(['calm', 'messengers'])
  })

  test('keeps the conditions that a line agreed to when the offering changes', async () => {
    const [agreed, untouched] = [await idOf('calm'), await idOf('messengers')]
    const published = await publish([{ ...calm, feeKopecks: 65_000 }, messengers])
    expect(published?.diff.changed).toEqual([
      { code: 'calm', fields: [{ path: 'feeKopecks', before: 50_000, after: 65_000 }], lines: 7 },
    ])
    expect((await findOffering(database.db, agreed))?.terms).toMatchObject({ feeKopecks: 50_000 })
    expect((await findInForce(database.db, 'calm'))?.terms).toMatchObject({ feeKopecks: 65_000 })
    expect(await idOf('messengers')).toBe(untouched)
  })

  test('archives what a draft leaves out, deletes nothing, and takes it back', async () => {
    const { offerings } = await readNow()
    const tariffs = offerings.map(({ terms }) => terms).filter(({ kind }) => kind === 'tariff')
    expect((await publish(tariffs))?.diff.withdrawn).toEqual(['messengers'])
    expect(await findOffered(database.db, 'messengers', clock.now())).toBeUndefined()
    expect((await findInForce(database.db, 'messengers'))?.terms.archived).toBe(true)
    expect(await publish(tariffs)).toBeUndefined()
    await publish([...tariffs, messengers])
    expect((await findOffered(database.db, 'messengers', clock.now()))?.terms).toEqual(messengers)
  })

  test('makes no version of a repeated publication, but refuses another one on top of an old version', async () => {
    const { version, offerings } = await readNow()
    const draft = [...offerings.map(({ terms }) => terms), anOption({ code: 'antispam' })]
    expect(await publish(draft, version)).toMatchObject({ version: version + 1 })
    expect(await publish(draft, version)).toBeUndefined()
    await expect(publish([calm], version)).rejects.toMatchObject({
      code: 'conflict',
      facts: { current: version + 1 },
    })
  })

  test('lets only one of two designers publish on top of the same version', async () => {
    const { version } = await readNow()
    const outcomes = await Promise.allSettled(
      [1, 2].map((fee) => publish([{ ...calm, feeKopecks: fee }], version)),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('offers a thing within its validity only, from its first instant to before its last', async () => {
    const winter = anOption({
      code: 'winter',
      validFrom: '2026-12-01T00:00:00.000Z',
      validTo: '2027-03-01T00:00:00.000Z',
    })
    await publish([calm, winter])
    const offeredAt = async (at: string) =>
      (await listOffered(database.db, new Date(at))).some(({ terms }) => terms.code === 'winter')
    expect(await offeredAt('2026-11-30T23:59:59.999Z')).toBe(false)
    expect(await offeredAt('2026-12-01T00:00:00.000Z')).toBe(true)
    expect(await offeredAt('2027-03-01T00:00:00.000Z')).toBe(false)
  })

  test('finds many offerings of any version at once and leaves unknown ids out', async () => {
    const known = await idOf('calm')
    const found = await readOfferings(database.db, [known, randomUUID(), known])
    expect([...found.keys()]).toEqual([known])
  })

  test('is not changed by a publication that was rolled back', async () => {
    const before = await readNow()
    const undone = inTransaction(database.db, async (tx) => {
      const draft = { basedOn: before.version, offerings: [], by: 'Дизайнер' }
      await publishCatalogue(tx, { clock, countLinesOf: async () => new Map() }, draft)
      expect((await readCatalogue(tx)).version).toBe(before.version + 1)
      throw new Error('away')
    })
    await expect(undone).rejects.toThrow('away')
    expect(await readNow()).toEqual(before)
  })

  test('does not let anybody rewrite or delete what was agreed, not even by hand', async () => {
    const id = await idOf('calm')
    const { db } = database
    const rewrite = rows(db, sql`update catalogue.offering set terms = '{}' where id = ${id}`)
    await expect(rewrite).rejects.toThrow(/keeps its terms/)
    const remove = rows(db, sql`delete from catalogue.offering where id = ${id}`)
    await expect(remove).rejects.toThrow(/keeps its terms/)
  })
})
