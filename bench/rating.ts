/** Lines aged by a day, each with something to charge: what ten times the lines cost a line. */
import path from 'node:path'
import pg from 'pg'
import { migrate } from '../server/platform/database/index.ts'
import { fillLines } from './harness/fill-lines.ts'
import { freePort } from './harness/free-port.ts'
import {
  begin,
  cpuSecondsOf,
  createQuiet,
  openPostgres,
  type Postgres,
  type Program,
  report,
  say,
  startProgram,
  summarize,
} from './harness/index.ts'
import type { Aged, RatePlace } from './programs/rate.ts'

const DAY_MS = 86_400_000
/** Every line pays a subscription by the day. */
const DAILY = 1
const LARGE = [
  'line',
  'bucket',
  'connected',
  'discount',
  'charge',
  'account',
  'transfer',
  'transfer_key',
  'entry',
]

interface Place {
  readonly lines: number
  readonly client: pg.Client
  readonly program: Program
  readonly books: Books
  aged: number
}

interface Round {
  readonly lines: number
  readonly perSecond: number
  /** CPU microseconds a line, of the program and of PostgreSQL. */
  readonly appCpu: number
  readonly pgCpu: number
  readonly foreign: number
}

await begin(async ({ quick, folder, atEnd }) => {
  const sizes = quick ? [1_000, 10_000] : [10_000, 100_000]
  const [rounds, seconds] = quick ? [2, 2] : [5, 5]
  const quiet = createQuiet()
  const postgres = await openPostgres({ folder, atEnd })
  const places: Place[] = []
  for (const lines of sizes) {
    const place = await openPlace(postgres, folder, lines)
    atEnd(() => place.client.end())
    atEnd(() => place.program.end())
    places.push(place)
    say(`${lines} lines stand`)
  }
  const measured = places.map((): Round[] => [])
  // One round more than counts: the first warms everything up.
  for (let round = 0; round <= rounds; round++) {
    for (const [n, place] of places.entries()) {
      await postgres.client.query('checkpoint')
      const one = await quiet.during(() => measure(postgres, place, seconds))
      if (round > 0) measured[n]?.push(one)
      say(
        `${round}/${rounds} ${String(place.lines).padStart(6)} ${one.perSecond.toFixed(0)} lines/s, cpu ${one.appCpu.toFixed(0)}+${one.pgCpu.toFixed(0)} µs, foreign ${one.foreign.toFixed(2)}`,
      )
    }
  }
  for (const place of places) await check(place)
  tell(sizes, measured)
})

/** A migrated database with so many lines, and the product's rating before it. */
async function openPlace(postgres: Postgres, folder: string, lines: number): Promise<Place> {
  const databaseUrl = await postgres.createDatabase(`lines_${lines}`)
  await migrate(databaseUrl, { dir: path.join(import.meta.dirname, '../server/migrations') })
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const now = new Date()
  await fillLines(client, databaseUrl, { lines, daily: DAILY, now })
  const program = startProgram('rate')
  const place: RatePlace = {
    dataDir: path.join(folder, `product-${lines}`),
    port: await freePort(),
    databaseUrl,
    now: now.getTime(),
  }
  await program.ask('start', place)
  return { lines, client, program, books: await booksOf(client), aged: 0 }
}

/** Ages lines for so many seconds; where a day is over, the next one begins. */
async function measure(postgres: Postgres, place: Place, seconds: number): Promise<Omit<Round, 'foreign'>> {
  const { client, program } = place
  const scans = await scansOf(client)
  const [app, pgUsed] = [cpuSecondsOf(program.pid), cpuSecondsOf(postgres.pid)]
  let [lines, spent] = [0, 0]
  while (spent < seconds) {
    const aged = await program.ask<Aged>('age', seconds - spent)
    lines += aged.lines
    spent += aged.seconds
    if (aged.done) await program.ask('advance', DAY_MS)
  }
  place.aged += lines
  const perLine = (before: number, pid: number) => ((cpuSecondsOf(pid) - before) * 1e6) / lines
  const [appCpu, pgCpu] = [perLine(app, program.pid), perLine(pgUsed, postgres.pid)]
  const scanned = [...(await scansOf(client))].filter(([table, n]) => n > (scans.get(table) ?? 0))
  if (scanned.length > 0) say(`${place.lines} lines: scanned ${scanned.map(([table]) => table).join(', ')}`)
  return { lines, perSecond: lines / spent, appCpu, pgCpu }
}

async function scansOf(client: pg.Client): Promise<Map<string, number>> {
  await client.query('select pg_stat_force_next_flush()')
  const { rows } = await client.query<{ table: string; scans: string }>(
    `select schemaname || '.' || relname as table, seq_scan as scans from pg_stat_user_tables
      where schemaname in ('lines', 'ledger') and regexp_replace(relname, '_\\d$', '') = any($1)`,
    [LARGE],
  )
  return new Map(rows.map(({ table, scans }) => [table, Number(scans)]))
}

interface Books {
  /** Rows of the bill for subscriptions by the day. */
  readonly daily: number
  readonly billed: number
  readonly cash: number
}

/** What the bill says and what is on the lines' accounts. */
async function booksOf(client: pg.Client): Promise<Books> {
  const { rows } = await client.query<Record<keyof Books, string>>(
    `select count(*) filter (where category = 'content') as daily, coalesce(sum(kopecks), 0) as billed,
      (select sum(balance) from lines.line l join ledger.account a on a.id = l.cash_id) as cash from lines.charge`,
  )
  const number = (name: keyof Books) => Number(rows[0]?.[name])
  return { daily: number('daily'), billed: number('billed'), cash: number('cash') }
}

/** Each line that was aged paid its day once, and the money that the bill says has left the accounts. */
async function check({ client, lines, aged, books: before }: Place): Promise<void> {
  const after = await booksOf(client)
  const [paid, billed] = [after.daily - before.daily, after.billed - before.billed]
  if (paid !== aged) throw new Error(`${aged} of ${lines} lines were aged, ${paid} days were paid`)
  if (before.cash + billed !== after.cash)
    throw new Error(`${billed} were billed, balances went from ${before.cash} to ${after.cash}`)
}

function tell(sizes: readonly number[], measured: readonly Round[][]): void {
  const [few = [], many = []] = measured
  const growth = (of: (round: Round) => number, better: 'more' | 'less') => {
    const ratios = many.map((one, n) => {
      const [mine, other] = [of(one), of(few[n] ?? one)]
      return better === 'more' ? other / mine : mine / other
    })
    const { median: ratio, low, high } = summarize(ratios)
    return {
      value: summarize(many.map(of)).median,
      baseline: summarize(few.map(of)).median,
      ratio,
      low,
      high,
    }
  }
  report({
    name: 'rating',
    unit: 'lines/s',
    ...growth((one) => one.perSecond, 'more'),
    sizes,
    aged: many.reduce((sum, one) => sum + one.lines, 0),
    foreign: summarize(measured.flat().map((one) => one.foreign)).median,
  })
  report({
    name: 'rating.cpu',
    unit: 'µs/line',
    ...growth((one) => one.appCpu + one.pgCpu, 'less'),
    server: summarize(many.map((one) => one.appCpu)).median,
    postgres: summarize(many.map((one) => one.pgCpu)).median,
  })
}
