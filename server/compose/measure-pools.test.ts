import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../test/factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../../test/factories/otklik.ts'
import { rows, sql } from '../platform/database/index.ts'

let otklik: TestOtklik
beforeAll(async () => {
  otklik = await anOtklik()
})
afterAll(() => otklik.end())

async function told(): Promise<Map<string, number>> {
  const text = await (await fetch(`${otklik.url}/metrics`)).text()
  return new Map(
    [...text.matchAll(/^otklik_(database_\S+) (\d+)$/gm)].map(([, name = '', value]) => [
      name,
      Number(value),
    ]),
  )
}

test('each pool is told with what it may have', async () => {
  const now = await told()
  expect(now.get('database_connections_max{pool="requests"}')).toBe(20)
  expect(now.get('database_connections_max{pool="intake"}')).toBe(3)
  expect(now.get('database_connections_max{pool="jobs"}')).toBeGreaterThan(0)
  expect(now.get('database_waiting{pool="requests"}')).toBe(0)
})

test('who holds connections is seen in use, who gets none is seen waiting, and neither afterwards', async () => {
  const slow = Array.from({ length: 24 }, () => rows(otklik.db, sql`select pg_sleep(2)`))
  await eventually(async () => {
    const now = await told()
    expect(now.get('database_connections{pool="requests",state="used"}')).toBe(20)
    expect(now.get('database_waiting{pool="requests"}')).toBeGreaterThan(0)
    return true
  })
  await Promise.all(slow)
  await eventually(async () => {
    const now = await told()
    expect(now.get('database_waiting{pool="requests"}')).toBe(0)
    expect(now.get('database_connections{pool="requests",state="idle"}')).toBeGreaterThan(10)
    return true
  })
})
