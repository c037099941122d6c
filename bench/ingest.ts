/** Webhooks of MAX accepted: durable on their timeline before the 200, against one plain INSERT. */
import { setTimeout as pause } from 'node:timers/promises'
import { openHall } from './harness/hall.ts'
import type { LoadResult } from './harness/http-load.ts'
import {
  begin,
  cpuSecondsOf,
  createQuiet,
  type Postgres,
  type Product,
  type Program,
  peakMemoryOf,
  report,
  say,
  startProgram,
  summarize,
} from './harness/index.ts'

const CHATS = 5_000
const CONNECTIONS = 32
const TEXT_BYTES = 640
/** What grows with messages. Chats, their conversations and lanes stay: a hall is never without them. */
const GROWING =
  'timeline.raw_event, timeline.entry, timeline.entry_body, timeline.inbound_key, timeline.arrival, search.document, search.waiting, bench.message, bench.arrival'

interface Round extends LoadResult {
  /** CPU microseconds a message, of the program and of PostgreSQL. */
  readonly appCpu: number
  readonly pgCpu: number
  readonly foreign: number
  /** Batches and search notes that waited when the load ended; milliseconds until the batches were filed. */
  readonly backlog: number
  readonly drainMs: number
  /** Age of the oldest entry that search did not know, at its highest, in milliseconds. */
  readonly searchLagMs: number
}

const LAG_EVERY_MS = 200

await begin(async (settings) => {
  const { quick, atEnd } = settings
  const [rounds, seconds, warmup] = quick ? [2, 2, 0.5] : [5, 4, 1]
  const quiet = createQuiet()
  const { postgres, product, door } = await openHall(settings)
  await postgres.client.query(`create schema bench;
    create table bench.message (id text primary key, chat bigint not null, text text not null);
    create table bench.arrival (id bigint generated always as identity primary key, lane_ids uuid[] not null, seqs bigint[] not null, stored_at timestamptz not null)`)
  const load = startProgram('load')
  atEnd(() => load.end())
  let first = 0
  const flood = async (port: number, at: string, most?: number) => {
    const result = await load.ask<LoadResult>('run', {
      port,
      path: at,
      secret: door.secret,
      textBytes: TEXT_BYTES,
      connections: CONNECTIONS,
      seconds: most ? 120 : seconds,
      warmup: most ? 0 : warmup,
      chats: CHATS,
      first,
      ...(most && { most }),
    })
    first += result.accepted + CONNECTIONS
    if (result.errors > 0) throw new Error(`${result.errors} requests were not answered 200`)
    return result
  }

  await openChats(product, postgres, () => flood(product.port, door.path, CHATS))

  const bare = startProgram('bare')
  const naive = startProgram('naive')
  const insert = startProgram('insert')
  for (const program of [bare, naive, insert]) atEnd(() => program.end())
  const start = { databaseUrl: postgres.connectionString, connections: CONNECTIONS }
  const barePort = await bare.ask<number>('start', start)
  const account = { ...door.account, state: 'active' }
  const naivePort = await naive.ask<number>('start', { ...start, account })

  const variants: Record<string, { program: Program; run: () => Promise<LoadResult>; rows: string[] }> = {
    ingest: {
      program: product,
      run: () => flood(product.port, door.path),
      rows: ['timeline.raw_event', 'timeline.entry', 'timeline.entry_body', 'timeline.inbound_key'],
    },
    bare: { program: bare, run: () => flood(barePort, '/hook'), rows: ['bench.message'] },
    naive: {
      program: naive,
      run: () => flood(naivePort, '/hook'),
      rows: ['timeline.entry', 'bench.arrival'],
    },
    limit: {
      program: insert,
      run: async () => {
        const text = 'ж'.repeat(TEXT_BYTES / 2)
        const done = await insert.ask<LoadResult>('run', { ...start, seconds, warmup, first, text })
        first += done.accepted + CONNECTIONS
        return done
      },
      rows: ['bench.message'],
    },
  }
  const measured: Record<string, Round[]> = { ingest: [], bare: [], naive: [], limit: [] }
  // One round more than counts: the first warms everything up.
  for (let round = 0; round <= rounds; round++) {
    for (const [name, { program, run, rows }] of Object.entries(variants)) {
      await freshTables(postgres, product)
      const one = await quiet.during(() => measure(postgres, program, seconds, run))
      await countRows(postgres, rows, one.accepted)
      if (round > 0) measured[name]?.push(one)
      say(
        `${round}/${rounds} ${name.padEnd(6)} ${one.perSecond.toFixed(0)}/s p50 ${one.p50.toFixed(1)} p99 ${one.p99.toFixed(1)} ms, cpu ${one.appCpu.toFixed(0)}+${one.pgCpu.toFixed(0)} µs, backlog ${one.backlog} (${one.drainMs.toFixed(0)} ms), foreign ${one.foreign.toFixed(2)}`,
      )
    }
  }
  tell(measured, product, bare)
})

/** Every chat writes once: people are met, conversations opened. Printed, not measured. */
async function openChats(
  product: Product,
  postgres: Postgres,
  write: () => Promise<LoadResult>,
): Promise<void> {
  const from = performance.now()
  const { accepted } = await write()
  const acceptedMs = performance.now() - from
  await product.ask('drain')
  say(
    `${accepted} strangers wrote in ${(acceptedMs / 1000).toFixed(1)} s, filed ${((performance.now() - from) / 1000).toFixed(1)} s after the first`,
  )
  await countRows(postgres, ['timeline.conversation', 'subscribers.contact_point'], CHATS)
}

async function freshTables({ client }: Postgres, product: Product): Promise<void> {
  await product.ask('drain')
  await client.query(`truncate ${GROWING}`)
  await client.query('vacuum timeline.lane')
  await client.query('checkpoint')
}

/** What was accepted counts only when it is filed too: the time until then is part of the time. */
async function measure(
  postgres: Postgres,
  program: Program,
  seconds: number,
  run: () => Promise<LoadResult>,
): Promise<Omit<Round, 'foreign'>> {
  const app = cpuSecondsOf(program.pid)
  const pg = cpuSecondsOf(postgres.pid)
  const lag = watchSearchLag(postgres)
  const result = await run()
  const searchLagMs = await lag.end()
  const ended = performance.now()
  const backlog = await waiting(postgres)
  while ((await waiting(postgres)) > 0) await pause(2)
  const drainMs = backlog > 0 ? performance.now() - ended : 0
  const perMessage = (before: number, pid: number) => ((cpuSecondsOf(pid) - before) * 1e6) / result.accepted
  return {
    ...result,
    perSecond: (result.perSecond * seconds) / (seconds + drainMs / 1000),
    appCpu: perMessage(app, program.pid),
    pgCpu: perMessage(pg, postgres.pid),
    backlog,
    drainMs,
    searchLagMs,
  }
}

/** Looks all the time how far search is behind. */
function watchSearchLag({ client }: Postgres): { end(): Promise<number> } {
  let watching = true
  let highest = 0
  const look = async () => {
    const { rows } = await client.query<{ lag: number }>(
      `select coalesce(extract(epoch from clock_timestamp() - least(
          (select stored_at from search.waiting order by id limit 1),
          (select stored_at from timeline.arrival where attempts = 0 order by id limit 1))), 0)::float8 * 1000 as lag`,
    )
    highest = Math.max(highest, rows[0]?.lag ?? 0)
  }
  const watched = (async () => {
    while (watching) {
      await look()
      await pause(LAG_EVERY_MS)
    }
  })()
  return {
    end: async () => {
      watching = false
      await watched
      return highest
    },
  }
}

async function waiting({ client }: Postgres): Promise<number> {
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from timeline.arrival')
  return rows[0]?.n ?? 0
}

async function countRows({ client }: Postgres, tables: string[], expected: number): Promise<void> {
  for (const table of tables) {
    const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table}`)
    if (rows[0]?.n !== expected) throw new Error(`${table} has ${rows[0]?.n} rows, ${expected} were accepted`)
  }
}

function tell(measured: Record<string, Round[]>, product: Product, bare: Program): void {
  const column = (name: string, of: (round: Round) => number) => (measured[name] ?? []).map(of)
  const compare = (of: (round: Round) => number, other: string, better: 'more' | 'less') => {
    const [ours, theirs] = [column('ingest', of), column(other, of)]
    const ratios = ours.map((one, n) => (better === 'more' ? one / (theirs[n] ?? 1) : (theirs[n] ?? 0) / one))
    const { median: ratio, low, high } = summarize(ratios)
    return { value: summarize(ours).median, baseline: summarize(theirs).median, ratio, low, high }
  }
  const foreign = summarize(
    Object.values(measured)
      .flat()
      .map((one) => one.foreign),
  ).median
  const rate = (one: Round) => one.perSecond
  const rows = column('ingest', (one) => one.accepted).reduce((sum, one) => sum + one, 0)
  report({
    name: 'ingest',
    unit: 'req/s',
    ...compare(rate, 'bare', 'more'),
    foreign,
    rows,
    chats: CHATS,
    connections: CONNECTIONS,
    textBytes: TEXT_BYTES,
    backlog: summarize(column('ingest', (one) => one.backlog)).high,
    drainMs: summarize(column('ingest', (one) => one.drainMs)).high,
    p50: summarize(column('ingest', (one) => one.p50)).median,
  })
  report({ name: 'ingest.naive', unit: 'req/s', ...compare(rate, 'naive', 'more') })
  report({ name: 'ingest.limit', unit: 'req/s', ...compare(rate, 'limit', 'more') })
  report({ name: 'ingest.p99', unit: 'ms', ...compare((one) => one.p99, 'bare', 'less') })
  report({
    name: 'ingest.cpu',
    unit: 'µs/message',
    ...compare((one) => one.appCpu + one.pgCpu, 'bare', 'less'),
    server: summarize(column('ingest', (one) => one.appCpu)).median,
    postgres: summarize(column('ingest', (one) => one.pgCpu)).median,
    limit: summarize(column('limit', (one) => one.appCpu + one.pgCpu)).median,
  })
  const searchLag = summarize(column('ingest', (one) => one.searchLagMs)).high
  report({
    name: 'ingest.search-lag',
    unit: 'ms',
    value: searchLag,
    baseline: 2_000,
    ratio: 2_000 / searchLag,
  })
  const [value, baseline] = [peakMemoryOf(product.pid), peakMemoryOf(bare.pid)]
  report({ name: 'ingest.memory', unit: 'MiB', value, baseline, ratio: baseline / value })
}
