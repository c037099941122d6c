import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '../../../contracts/index.ts'
import { aHall, type Hall } from '../../../test/factories/hall.ts'
import { rows, sql } from '../../platform/database/index.ts'
import { measureLag } from './index-entries.ts'

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

test('words are found by their other endings, in Russian and in English, alone and together', async () => {
  await hall.begin('Connections keep failing, а тарифы подорожали')
  const search = async (q: string) =>
    (await hall.irina.call(contracts.search.searchEntries, { query: { q } })).items.length
  for (const q of ['connection', 'тариф', 'fails подорожать', 'CONNECTED тарифам'])
    expect([q, await search(q)]).toEqual([q, 1])
  expect(await search('connection роуминг')).toBe(0)
})

test('search catches up whatever the size of the notes that name what is new', async () => {
  const { db, clock } = hall.otklik
  expect(await measureLag(db, clock.now())).toBe(0)
  await hall.begin('Пять тысяч раз')
  await rows(
    db,
    sql`insert into search.waiting (lane_ids, seqs, stored_at)
      select array_fill(${uuid()}::uuid, array[n]), array_fill(1::bigint, array[n]), ${clock.now()}
      from unnest(array[1, 3000, 1, 2500, 256] || array_fill(1, array[600])) as n`,
  )
  await hall.otklik.drain()
  expect(await measureLag(db, clock.now())).toBe(0)
})
