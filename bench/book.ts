/** The first page of a size with 1,000 and with 1,000,000 lots; what a change costs that one and a thousand watch. */
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { ServerFrame } from '../contracts/realtime.ts'
import { createBookWatch } from '../server/care/market/index.ts'
import type { TimelineNotice } from '../server/care/timeline/index.ts'
import { createSharedBook, readBook } from '../server/operator/market/index.ts'
import { createBus } from '../server/platform/bus/index.ts'
import { systemClock } from '../server/platform/clock.ts'
import { connectPool, type Db, migrate } from '../server/platform/database/index.ts'
import { percentile } from './harness/http-load.ts'
import { begin, createQuiet, openPostgres, type Postgres, report, say, summarize } from './harness/index.ts'

const [FEW, MANY] = [1_000, 1_000_000]
const UNITS = 1
const PAGE = 30
const WATCHERS = 1_000
const CHANGES = 20

interface Place {
  readonly db: Db
  readonly client: pg.Client
  readonly lots: number
}

await begin(async ({ quick, folder, atEnd }) => {
  const [rounds, reads] = quick ? [3, 300] : [7, 1_000]
  const quiet = createQuiet()
  const postgres = await openPostgres({ folder, atEnd })
  const open = async (name: string, lots: number): Promise<Place> => {
    const place = await openPlace(postgres, name, lots)
    atEnd(place.end)
    return place
  }
  const [few, many] = [await open('few', FEW), await open('many', quick ? MANY / 10 : MANY)]
  say(`${few.lots} and ${many.lots} lots stand in one size each`)
  const measured: { few: number[]; many: number[]; foreign: number[] } = { few: [], many: [], foreign: [] }
  // One round more than counts: the first warms everything up.
  for (let round = 0; round <= rounds; round++) {
    for (const [name, place] of [
      ['few', few],
      ['many', many],
    ] as const) {
      const { p50, foreign } = await quiet.during(async () => ({ p50: await readPages(place.db, reads) }))
      if (round === 0) continue
      measured[name].push(p50)
      measured.foreign.push(foreign)
      say(`${round}/${rounds} ${name} p50 ${p50.toFixed(3)} ms, foreign ${foreign.toFixed(2)}`)
    }
  }
  const { median: ratio, low, high } = summarize(measured.many.map((one, n) => one / (measured.few[n] ?? 1)))
  report({
    name: 'book',
    value: summarize(measured.many).median,
    unit: 'ms',
    baseline: summarize(measured.few).median,
    ratio,
    low,
    high,
    note: 'p50 of a first page with its levels and raised lots, read from the tables, not shared',
    foreign: summarize(measured.foreign).median,
    lots: many.lots,
    page: PAGE,
    reads,
  })
  const one = await watch(few, 1)
  const all = await watch(few, WATCHERS)
  report({
    name: 'book.watchers',
    value: all.statements,
    unit: 'statements/change',
    baseline: one.statements,
    ratio: all.statements / one.statements,
    watchers: WATCHERS,
    changes: CHANGES,
    told: all.told,
  })
})

async function openPlace(postgres: Postgres, name: string, lots: number) {
  const databaseUrl = await postgres.createDatabase(name)
  await migrate(databaseUrl, { dir: path.join(import.meta.dirname, '../server/migrations') })
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const anId = `overlay(gen_random_uuid()::text placing '7' from 15 for 1)::uuid`
  await client.query(`insert into market.lot (id, line_id, seller_id, type, units, price_kopecks, bucket_id, digest, listed_at, ends_at)
    select ${anId}, ${anId}, ${anId}, 'data', ${UNITS}, 1500 + (g::bigint * 7919) % 3500, ${anId}, '', now() - g * interval '1 second', now() + interval '20 days'
    from generate_series(1, ${lots}) g;
    insert into market.level (type, units, price_kopecks, lots)
      select type, units, price_kopecks, count(*) from market.lot group by 1, 2, 3`)
  await client.query('vacuum analyze market.lot, market.level')
  const { db, close } = connectPool({ connectionString: databaseUrl, max: 1, applicationName: 'bench' })
  const end = async () => {
    await close()
    await client.end()
  }
  return { db, client, lots, end }
}

async function readPages(db: Db, reads: number): Promise<number> {
  const took: number[] = []
  for (let n = 0; n < reads; n++) {
    const from = performance.now()
    const page = await readBook(db, { clock: systemClock }, { type: 'data', units: UNITS, limit: PAGE })
    took.push(performance.now() - from)
    if (page.lots.length !== PAGE) throw new Error(`the page has ${page.lots.length} lots`)
  }
  return percentile(
    took.sort((a, b) => a - b),
    0.5,
  )
}

/** Lets so many watch one size while it changes; counts what the database is asked. */
async function watch(place: Place, watchers: number): Promise<{ statements: number; told: number }> {
  let statements = 0
  const db = place.db.withPlugin({
    transformQuery: ({ node }) => {
      statements++
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const bus = createBus<TimelineNotice>((error) => say(String(error)))
  const { watch: follow } = createBookWatch(bus, createSharedBook(db, { clock: systemClock }), (error) =>
    say(String(error)),
  )
  let told = 0
  for (let n = 0; n < watchers; n++) {
    follow(
      {
        send: (frame: ServerFrame) => {
          if (frame.type === 'market-book') told++
        },
        close: () => undefined,
        onFrame: () => undefined,
        onClose: () => undefined,
      },
      { type: 'data', units: UNITS },
    )
  }
  await pause(500)
  told = 0
  statements = 0
  for (let change = 0; change < CHANGES; change++) {
    bus.publish({ type: 'book', sizes: [{ type: 'data', units: UNITS }] })
    await pause(300)
  }
  await pause(500)
  if (told !== watchers * CHANGES)
    throw new Error(`${watchers} watchers were told ${told} times of ${CHANGES} changes`)
  return { statements: statements / CHANGES, told }
}
