import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aCuttableWayTo } from '../../../test/factories/cuttable-database.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { connectPool, inTransaction, one, rows, sql } from '../database/index.ts'
import { createKept, forgetChanges, type Kept, type Shelf, tellChanged } from './index.ts'

const NOW = new Date('2027-01-15T09:00:00Z')
let database: TestDatabase
let kept: Kept
let shelf: Shelf<number>
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  await forgetChanges(database.db)
  kept = createKept(database.db)
  shelf = kept.shelf(100)
  await kept.catchUp()
})
afterAll(() => database.drop())

const put = (...names: string[]) =>
  shelf.reading(async (keep) => {
    for (const name of names) keep(name, 1)
  })
/** Names among these that are told after catching up. */
async function told(...names: string[]): Promise<string[]> {
  await kept.catchUp()
  return names.filter((name) => shelf.get(name)?.holds(NOW))
}
const change = (...names: string[]) => tellChanged(database.db, names)

/** Tests beside this one have transactions too: those that began before now have ended. */
async function othersAreThrough(): Promise<void> {
  const { id } = await one(database.db, sql<{ id: string }>`select pg_current_xact_id()::text as id`)
  const through = sql<{ yes: boolean }>`select pg_snapshot_xmin(pg_current_snapshot()) > ${id}::xid8 as yes`
  await expect.poll(async () => (await one(database.db, through)).yes, { timeout: 60_000 }).toBe(true)
}

async function aWriter(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.connectionString })
  await client.connect()
  return client
}
const tell = (client: pg.Client, name: string) =>
  client.query('insert into platform.change (name) values ($1)', [name])

describe('what is kept', () => {
  test('is told until something of it was changed, and the rest goes on', async () => {
    await put('a', 'b')
    expect(await told('a', 'b')).toEqual(['a', 'b'])
    await change('b', 'c')
    expect(await told('a', 'b')).toEqual(['a'])
    await put('b')
    expect(await told('a', 'b')).toEqual(['a', 'b'])
  })

  test('holds for whoever holds on to it until it was changed', async () => {
    const [a, b] = await shelf.reading(async (keep) => [keep('a', 1), keep('b', 2)])
    await change('a')
    await kept.catchUp()
    expect([a?.holds(NOW), b?.holds(NOW), b?.value]).toEqual([false, true, 2])
  })

  test('holds as long as the clock says', async () => {
    const held = await shelf.reading(async (keep) => keep('a', 1, new Date(NOW.getTime() + 1)))
    expect([held.holds(NOW), held.holds(new Date(NOW.getTime() + 1))]).toEqual([true, false])
  })

  test('is not told when a transaction that began before others ends after them', async () => {
    const [slow, quick] = [await aWriter(), await aWriter()]
    await put('slow', 'quick', 'undone')
    await slow.query('begin')
    await tell(slow, 'slow')
    await quick.query('begin')
    await tell(quick, 'quick')
    expect(await told('slow', 'quick')).toEqual(['slow', 'quick'])
    await quick.query('commit')
    expect(await told('slow', 'quick')).toEqual(['slow'])
    await slow.query('commit')
    expect(await told('slow', 'quick', 'undone')).toEqual(['undone'])
    await slow.query('begin')
    await tell(slow, 'undone')
    await slow.query('rollback')
    expect(await told('undone')).toEqual(['undone'])
    await Promise.all([slow.end(), quick.end()])
  })

  test('is not kept when it was changed while it was read', async () => {
    await shelf.reading(async (keep) => {
      await change('read')
      await kept.catchUp()
      expect(keep('read', 1).holds(NOW)).toBe(false)
      expect(keep('other', 1).holds(NOW)).toBe(true)
    })
    expect(await told('read', 'other')).toEqual(['other'])
  })

  test('makes room, what was looked at longest ago first', async () => {
    shelf = kept.shelf(2)
    await put('a', 'b')
    shelf.get('a')
    await put('c')
    expect(await told('a', 'b', 'c')).toEqual(['a', 'c'])
  })

  test('is all forgotten when more has changed than is worth being told', async () => {
    await put('a')
    await change(...Array.from({ length: 10_001 }, (_, n) => `many ${n}`))
    expect(await told('a')).toEqual([])
  })
})

describe('changes', () => {
  const stored = async () =>
    (await rows(database.db, sql<{ name: string }>`select name from platform.change order by name`)).map(
      ({ name }) => name,
    )

  test('are forgotten so many in a run: a backlog is worked off by several', async () => {
    await othersAreThrough()
    for (const _ of [1, 2]) await forgetChanges(database.db)
    for (const name of ['a', 'b', 'c']) await change(name)
    await othersAreThrough()
    await forgetChanges(database.db, { atOnce: 1, most: 0 })
    expect(await forgetChanges(database.db, { atOnce: 1, most: 2 })).toBe(2)
    expect(await stored()).toHaveLength(1)
  })

  test('are forgotten a while after they were told; who has not asked meanwhile keeps nothing', async () => {
    const idle = createKept(database.db)
    const theirs = idle.shelf<number>(10)
    await idle.catchUp()
    await theirs.reading(async (keep) => keep('a', 1))
    await put('a')
    await change('told')
    await othersAreThrough()
    await forgetChanges(database.db)
    expect(await stored()).toEqual(['told'])
    expect(await told('a')).toEqual(['a'])
    await forgetChanges(database.db)
    expect(await stored()).toEqual([])
    await othersAreThrough()
    for (const _ of [1, 2]) await forgetChanges(database.db)
    expect(await told('a')).toEqual([])
    await idle.catchUp()
    expect(theirs.get('a')).toBeUndefined()
  })

  test('of a transaction that lasts are not forgotten before they were told', async () => {
    const slow = await aWriter()
    await slow.query('begin')
    await tell(slow, 'slow')
    for (let n = 0; n < 4; n++) {
      await put('slow', 'other')
      await forgetChanges(database.db)
      expect(await told('slow', 'other')).toEqual(['slow', 'other'])
    }
    await slow.query('commit')
    expect(await told('slow', 'other')).toEqual(['other'])
    await slow.end()
  })

  test('have a horizon that never goes back, whoever else moved it while an old transaction was under way', async () => {
    const slow = await aWriter()
    await slow.query('begin')
    await tell(slow, 'slow')
    await change('later')
    // As another who forgets has left it, whose view began once the old transaction had ended.
    await rows(database.db, sql`update platform.change_horizon set next = pg_current_xact_id()`)
    const horizon = () =>
      one(
        database.db,
        sql<{ since: bigint; next: bigint }>`
          select since::text::bigint as since, next::text::bigint as next from platform.change_horizon`,
      )
    const { next } = await horizon()
    await forgetChanges(database.db)
    expect(await horizon()).toEqual({ since: next, next })
    await slow.query('rollback')
    await slow.end()
  })

  test('that a crash has emptied let everybody forget all, until there is a beginning again', async () => {
    await put('a')
    await rows(database.db, sql`truncate platform.change, platform.change_horizon`)
    expect(await told('a')).toEqual([])
    await put('a')
    expect(await told('a')).toEqual([])
    await forgetChanges(database.db)
    await kept.catchUp()
    await put('a')
    expect(await told('a')).toEqual(['a'])
  })

  test('that were begun anew before anybody noticed are none of those that one knew', async () => {
    await put('a')
    await rows(database.db, sql`truncate platform.change, platform.change_horizon`)
    await forgetChanges(database.db)
    // As behind a standby that has lost the last transactions: numbers begin again below those that one has seen.
    await rows(database.db, sql`update platform.change_horizon set since = '3'`)
    expect(await told('a')).toEqual([])
    await put('a')
    expect(await told('a')).toEqual(['a'])
  })

  test('that cannot be asked for fail whoever wants to know, and are told later', async () => {
    const way = await aCuttableWayTo(database.connectionString)
    const { connectionString } = way
    const { db, close } = connectPool({ connectionString, max: 1, applicationName: 'kept' })
    kept = createKept(db)
    shelf = kept.shelf(10)
    await kept.catchUp()
    await put('a', 'b')
    await way.cut()
    await change('a')
    await expect(kept.catchUp()).rejects.toThrow()
    await way.mend()
    expect(await told('a', 'b')).toEqual(['b'])
    await close()
    await way.close()
  })
})

type Step =
  | { readonly do: 'tell' | 'commit' | 'rollback' | 'savepoint'; readonly who: number; readonly name: string }
  | { readonly do: 'look' }
  | { readonly do: 'forget' }

const NAMES = ['a', 'b', 'c', 'd']
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('tell', 'tell', 'commit', 'rollback', 'savepoint'),
      who: fc.nat(2),
      name: fc.constantFrom(...NAMES),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('look' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const) }) },
)

test('however transactions interleave, nothing is told that a commit had changed, and what no commit changed stays', async () => {
  const writers = await Promise.all([aWriter(), aWriter(), aWriter()])
  let looks = 0
  let stayed = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (story) => {
      const open: (Set<string> | undefined)[] = [undefined, undefined, undefined]
      const committed = new Set<string>()
      let forgotten = 0
      const look = async () => {
        const still = await told(...NAMES)
        // Who is told of everything keeps what nobody has changed; after two times of forgetting nobody need keep anything.
        const right = NAMES.filter((name) => !committed.has(name))
        if (forgotten < 2) expect(still).toEqual(right)
        else for (const name of still) expect(right).toContain(name)
        looks += 1
        stayed += still.length
        committed.clear()
        forgotten = 0
        await put(...NAMES)
      }
      for (const writer of writers) await writer.query('rollback')
      await kept.catchUp()
      await put(...NAMES)
      for (const act of story) {
        if (act.do === 'look') await look()
        else if (act.do === 'forget') {
          forgotten += 1
          await forgetChanges(database.db)
        } else {
          const writer = writers[act.who]!
          const mine = open[act.who]
          if (act.do === 'commit' || act.do === 'rollback') {
            await writer.query(act.do)
            if (act.do === 'commit') for (const name of mine ?? []) committed.add(name)
            open[act.who] = undefined
            continue
          }
          if (!mine) await writer.query('begin')
          if (act.do === 'savepoint') await writer.query('savepoint s')
          await tell(writer, act.name)
          open[act.who] = (mine ?? new Set()).add(act.name)
        }
      }
      for (const writer of writers) await writer.query('rollback')
      await look()
    }),
    { numRuns: 60 },
  )
  expect(stayed).toBeGreaterThan(looks)
  await Promise.all(writers.map((writer) => writer.end()))
}, 120_000)

test('what is written in a transaction of ours is told once it has committed', async () => {
  await put('a')
  await inTransaction(database.db, async (tx) => {
    await tellChanged(tx, ['a'])
    expect(await told('a')).toEqual(['a'])
  })
  expect(await told('a')).toEqual([])
})
