import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '../../../contracts/index.ts'
import { aHall, type Hall } from '../../../test/factories/hall.ts'

let hall: Hall
beforeAll(async () => {
  hall = await aHall()
})
afterAll(() => hall.otklik.end())

test('one agent searches sixty times a minute and no more; the others go on', async () => {
  const search = (who: 'anna' | 'timur') =>
    hall[who].call(contracts.search.searchEntries, { query: { q: 'интернет' } })
  const asked = await Promise.allSettled(Array.from({ length: 65 }, () => search('anna')))
  const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  expect(refused).toHaveLength(5)
  expect(refused[0]).toMatchObject({
    status: 429,
    problem: { code: 'rate_limited', facts: { retryAfterMs: expect.any(Number) } },
  })
  expect((await search('timur')).items).toEqual([])
})
