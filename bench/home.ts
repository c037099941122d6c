/** The signed-in Home of My among 100,000 lines, against a bare route that reads one row. */
import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { Line } from '../contracts/lines.ts'
import { postTransfer, systemAccount } from '../server/operator/ledger/index.ts'
import { systemClock } from '../server/platform/clock.ts'
import { connectPool } from '../server/platform/database/index.ts'
import { newId } from '../server/platform/identifiers.ts'
import { fillLines, sessionToken, signEverybodyIn } from './harness/fill-lines.ts'
import { freePort } from './harness/free-port.ts'
import type { LoadResult } from './harness/http-load.ts'
import {
  begin,
  cpuSecondsOf,
  createQuiet,
  openPostgres,
  openStandIn,
  type Postgres,
  type Product,
  type Program,
  peakMemoryOf,
  report,
  say,
  startProduct,
  startProgram,
  summarize,
} from './harness/index.ts'
import type { Reading } from './programs/readers.ts'

/** One line in so many has a paid subscription by the day: thirty charges to foresee. */
const DAILY = 5
const CONNECTIONS = 32
/** More connections than this make the bare route slower on two cores. */
const BARE_POOL = 8
const FRESH_CHECKS = 200
const BUCKETS = 4

interface Round extends LoadResult {
  /** CPU microseconds a request, of the program and of PostgreSQL. */
  readonly appCpu: number
  readonly pgCpu: number
  readonly foreign: number
}

/** What PostgreSQL has not told of a connection's statements within a second it tells when the connection has rested for ten. */
const STATISTICS_TOLD_MS = 11_000

await begin(async ({ quick, folder, atEnd }) => {
  const [rounds, seconds, warmup] = quick ? [2, 3, 2] : [5, 4, 2]
  const lines = quick ? 20_000 : 100_000
  const quiet = createQuiet()
  const postgres = await openPostgres({ folder, atEnd })
  const standIn = await openStandIn()
  atEnd(() => standIn.close())
  const port = await freePort()
  const start = async () => {
    const { dataDir } = postgres
    const started = await startProduct({
      dataDir,
      port,
      doors: [],
      trustedOrigin: standIn.url,
      behindProxy: true,
    })
    atEnd(() => started.end())
    return started
  }
  const product = await start()
  const from = performance.now()
  await fillLines(postgres.client, postgres.connectionString, {
    lines,
    daily: DAILY,
    now: systemClock.now(),
  })
  await signEverybodyIn(postgres.client)
  say(`${lines} lines filled in ${((performance.now() - from) / 1000).toFixed(0)} s`)

  const readers = startProgram('readers')
  const bare = startProgram('bare-read')
  for (const program of [readers, bare]) atEnd(() => program.end())
  const databaseUrl = postgres.connectionString
  if ((await readers.ask<number>('open', databaseUrl)) !== lines)
    throw new Error('not everybody is signed in')
  const barePort = await bare.ask<number>('start', { databaseUrl, connections: BARE_POOL })
  const read = async (reading: Pick<Reading, 'port' | 'path'>, lasts = { seconds, warmup }) => {
    const load: Reading = { ...reading, ...lasts, connections: CONNECTIONS }
    const result = await readers.ask<LoadResult>('run', load)
    if (result.errors > 0) throw new Error(`${result.errors} requests were not answered 200`)
    return result
  }
  const home = { port, path: '/api/v1/my/home?line=' }
  const variants: Record<string, { program: Program; run: () => Promise<LoadResult> }> = {
    home: { program: product, run: () => read(home) },
    bare: { program: bare, run: () => read({ port: barePort, path: '/line?line=' }) },
  }
  const everybodyLooks = async (program: Program) => {
    const looked = await quiet.during(() =>
      measure(postgres, program, () =>
        readers.ask<LoadResult>('runOnce', { ...home, connections: CONNECTIONS, seconds: 240, warmup: 0 }),
      ),
    )
    if (looked.accepted !== lines || looked.errors > 0) throw new Error('not everybody has seen Home')
    say(`everybody has looked once: cpu ${looked.appCpu.toFixed(0)}+${looked.pgCpu.toFixed(0)} µs`)
    return looked
  }
  // Nobody has looked yet: every Home is made for the first time and kept. What follows finds most of them.
  const anew = await everybodyLooks(product)
  const [bytes] = await Promise.all([
    checkFreshness(product, postgres, lines),
    read(home, { seconds: quick ? 1 : 3, warmup: 0 }),
  ])

  const measured: Record<string, Round[]> = { home: [], bare: [] }
  // One round more than counts: the first warms everything up.
  for (let round = 0; round <= rounds; round++) {
    for (const [name, { program, run }] of Object.entries(variants)) {
      const one = await quiet.during(() => measure(postgres, program, run))
      if (round > 0) measured[name]?.push(one)
      say(
        `${round}/${rounds} ${name.padEnd(4)} ${one.perSecond.toFixed(0)}/s p50 ${one.p50.toFixed(1)} p99 ${one.p99.toFixed(1)} ms, cpu ${one.appCpu.toFixed(0)}+${one.pgCpu.toFixed(0)} µs, foreign ${one.foreign.toFixed(2)}`,
      )
    }
  }
  const sizes = {
    lines,
    statements: await statementsARequest(postgres, variants.home),
    bytes: Math.round(bytes),
    databaseBytesPerLine: await databaseBytesPerLine(postgres, lines),
    memory: Math.round(peakMemoryOf(product.pid)),
  }
  // A server that has just been started has nothing in its memory: it finds in the table what the other one has written.
  await product.end()
  const elsewhere = await everybodyLooks(await start())
  tell(measured, { anew, elsewhere }, sizes)
})

async function measure(
  postgres: Postgres,
  program: Program,
  run: () => Promise<LoadResult>,
): Promise<Omit<Round, 'foreign'>> {
  const [app, pgUsed] = [cpuSecondsOf(program.pid), cpuSecondsOf(postgres.pid)]
  const result = await run()
  const perRequest = (before: number, pid: number) => ((cpuSecondsOf(pid) - before) * 1e6) / result.accepted
  return {
    ...result,
    appCpu: perRequest(app, program.pid),
    pgCpu: perRequest(pgUsed, postgres.pid),
  }
}

/** In a round of its own, after everybody else's statements were told. */
async function statementsARequest(
  postgres: Postgres,
  home: { readonly run: () => Promise<LoadResult> } | undefined,
): Promise<number> {
  const before = await statementsOf(postgres)
  const accepted = (await home?.run())?.accepted ?? 0
  return ((await statementsOf(postgres)) - before) / accepted
}

async function statementsOf({ client }: Postgres): Promise<number> {
  await pause(STATISTICS_TOLD_MS)
  const { rows } = await client.query<{ n: string }>(
    'select xact_commit as n from pg_stat_database where datname = current_database()',
  )
  return Number(rows[0]?.n)
}

/**
 * Money comes in on a connection of its own; whoever asks after its commit sees it, under load. The session counts every time: without it
 * nothing is told, and somebody else's line is no line. Gives how many bytes a Home has on average.
 */
async function checkFreshness(
  product: Product,
  { client, connectionString }: Postgres,
  lines: number,
): Promise<number> {
  const { db, close } = connectPool({ connectionString, max: 1, applicationName: 'bench' })
  let bytes = 0
  for (let n = 0; n < FRESH_CHECKS; n++) {
    const person = 1 + randomInt(lines)
    const { lineId, cashId, balance } = await accountOf(client, person)
    const amount = 1 + randomInt(1_000)
    await postTransfer(db, {
      scope: 'bench',
      key: newId(systemClock),
      kind: 'top-up',
      at: systemClock.now(),
      lineId,
      legs: [
        { accountId: cashId, amount },
        { accountId: systemAccount('payments:bench', 'kopecks'), amount: -amount },
      ],
    })
    const { status, text } = await ask(product, person, lineId)
    const line = JSON.parse(text) as Line
    if (status !== 200 || line.balanceKopecks !== balance + amount)
      throw new Error(`after ${amount} came to ${balance}, Home says ${status} ${line.balanceKopecks}`)
    if (line.buckets.length < BUCKETS) throw new Error(`Home shows ${line.buckets.length} buckets`)
    bytes += Buffer.byteLength(text)
    const others = await ask(product, (person % lines) + 1, lineId)
    if (others.status !== 404) throw new Error(`somebody else’s line was answered ${others.status}`)
  }
  const nobody = await ask(product, 0, newId(systemClock))
  if (nobody.status !== 401) throw new Error(`nobody was answered ${nobody.status}`)
  await close()
  return bytes / FRESH_CHECKS
}

async function accountOf(client: pg.Client, person: number) {
  const { rows } = await client.query<{ lineId: string; cashId: string; balance: string }>(
    `select l.id as "lineId", l.cash_id as "cashId", a.balance from bench.person p
      join lines.line l on l.id = p.line_id join ledger.account a on a.id = l.cash_id where p.n = $1`,
    [person],
  )
  const [row] = rows
  if (!row) throw new Error(`there is no person ${person}`)
  return { ...row, balance: Number(row.balance) }
}

async function ask({ url }: Product, person: number, lineId: string) {
  const answer = await fetch(`${url}/api/v1/my/home?line=${lineId}`, {
    headers: { cookie: `otklik_my=${sessionToken(person)}`, 'x-otklik-app': 'my' },
  })
  return { status: answer.status, text: await answer.text() }
}

/** What a line takes of memory if nothing of it is to be read from a disk. */
async function databaseBytesPerLine({ client }: Postgres, lines: number): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>(
    'select pg_database_size(current_database()) as bytes',
  )
  return Math.round(Number(rows[0]?.bytes) / lines)
}

/** @param once CPU of looks that are not told of memory: what was written for another server, and what is made anew and kept */
function tell(
  measured: Record<string, Round[]>,
  once: Readonly<Record<'anew' | 'elsewhere', Round>>,
  sizes: Readonly<Record<string, number>>,
): void {
  const column = (name: string, of: (round: Round) => number) => (measured[name] ?? []).map(of)
  const compare = (of: (round: Round) => number, better: 'more' | 'less') => {
    const [ours, theirs] = [column('home', of), column('bare', of)]
    const ratios = ours.map((one, n) => (better === 'more' ? one / (theirs[n] ?? 1) : (theirs[n] ?? 0) / one))
    const { median: ratio, low, high } = summarize(ratios)
    return { value: summarize(ours).median, baseline: summarize(theirs).median, ratio, low, high }
  }
  const median = (of: (round: Round) => number) => summarize(column('home', of)).median
  report({
    name: 'home',
    unit: 'requests/s',
    ...compare((one) => one.perSecond, 'more'),
    note: 'told of memory, and readers that wait share a question of what has changed; the bare route reads its one row alone',
    foreign: summarize(
      Object.values(measured)
        .flat()
        .map((one) => one.foreign),
    ).median,
    buckets: BUCKETS,
    connections: CONNECTIONS,
    barePool: BARE_POOL,
    ...sizes,
    requests: column('home', (one) => one.accepted).reduce((sum, one) => sum + one, 0),
    freshChecks: FRESH_CHECKS,
    p50: median((one) => one.p50),
    p99: median((one) => one.p99),
  })
  report({ name: 'home.p99', unit: 'ms', ...compare((one) => one.p99, 'less') })
  report({
    name: 'home.cpu',
    unit: 'µs/request',
    ...compare((one) => one.appCpu + one.pgCpu, 'less'),
    server: median((one) => one.appCpu),
    postgres: median((one) => one.pgCpu),
  })
  const bareCpu = summarize(column('bare', (one) => one.appCpu + one.pgCpu)).median
  for (const [name, look] of Object.entries(once))
    report({
      name: `home.${name}`,
      unit: 'µs/request',
      value: look.appCpu + look.pgCpu,
      baseline: bareCpu,
      ratio: bareCpu / (look.appCpu + look.pgCpu),
      server: look.appCpu,
      postgres: look.pgCpu,
      requests: look.accepted,
      foreign: look.foreign,
    })
}
