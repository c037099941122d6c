import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { one, rows, sql } from '../../server/platform/database/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { aCuttableWayTo, type CuttableDatabase } from '../factories/cuttable-database.ts'
import { eventually } from '../factories/eventually.ts'
import { aMaxDoor, type MaxDoor } from '../factories/max-door.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { createTestDatabase, type TestDatabase } from '../postgres/index.ts'

let database: TestDatabase
let way: CuttableDatabase
let otklik: TestOtklik
let door: MaxDoor
let anna: Caller

beforeAll(async () => {
  database = await createTestDatabase({ max: 2 })
  way = await aCuttableWayTo(database.connectionString)
  otklik = await anOtklik({ env: { DATABASE_URL: way.connectionString } })
  door = await aMaxDoor(otklik)
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
})
afterAll(async () => {
  await otklik?.end()
  await way?.close()
  await database?.drop()
})

const get = (path: string) => fetch(otklik.url + path)
const textsOf = async (person: number) => (await door.entriesOf(person)).map((entry) => entry.body?.text)

describe('while the database is away', () => {
  test('senders are told to come again, watchers see what is still known, and nothing is lost', async () => {
    const { update } = door.message(1, 'Пока базы нет')
    await way.cut()
    expect(await door.post(update)).toBe(503)
    await expect(anna.call(contracts.conversations.countConversations)).rejects.toThrow('503')
    expect((await get('/healthz')).status).toBe(200)
    expect((await get('/readyz')).status).toBe(503)
    const metrics = await get('/metrics')
    expect(metrics.status).toBe(200)
    const text = await metrics.text()
    expect(text).toContain('otklik_unfiled_events Nan\n')
    expect(text).toMatch(/^otklik_http_request_duration_seconds_count\{.*status="503"\} \d/m)

    await way.mend()
    await eventually(async () => (await get('/readyz')).status === 200)
    await eventually(async () => (await door.post(update)) === 200)
    expect(await door.post(update)).toBe(200)
    expect(await textsOf(1)).toEqual(['Пока базы нет'])
    expect(await (await get('/metrics')).text()).toContain('otklik_unfiled_events 0\n')
  })
})

describe('while its disk is full', () => {
  test('senders are told to come again, and nothing is half done', async () => {
    const counts = () =>
      one(
        database.db,
        sql<Record<string, number>>`select (select count(*)::int from timeline.raw_event) as raw,
          (select count(*)::int from timeline.inbound_key) as keys, (select count(*)::int from timeline.entry) as entries,
          (select count(*)::int from timeline.unfiled_event) as unfiled`,
      )
    const { update } = door.message(1, 'Пока диск полон')
    const before = await counts()
    // The server's own word for it, said in the middle of the work.
    await rows(
      database.db,
      sql`create function public.no_room() returns trigger language plpgsql as
        $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`,
    )
    await rows(
      database.db,
      sql`create trigger no_room before insert on timeline.entry_body for each row execute function public.no_room()`,
    )
    expect(await door.post(update)).toBe(503)
    expect(await counts()).toEqual(before)
    await rows(database.db, sql`drop trigger no_room on timeline.entry_body`)
    expect(await door.post(update)).toBe(200)
    expect(await textsOf(1)).toEqual(['Пока базы нет', 'Пока диск полон'])
  })
})
