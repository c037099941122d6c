/** Transfers in double entry from eight connections, against a TPC-B-like transaction on the same PostgreSQL; what growth costs. */
import path from 'node:path'
import pg from 'pg'
import { audit } from '../server/operator/ledger/index.ts'
import { connectPool, migrate } from '../server/platform/database/index.ts'
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
import { BRANCHES, emptyBank, emptyLedger, fillBank, fillLedger } from './harness/ledger-tables.ts'
import type { TransfersDone, TransfersPlace, Variant } from './programs/transfers.ts'

const CONNECTIONS = 8
const [FEW, MANY] = [1_000, 1_000_000]
/** Tables that a scan of would be a fault. The queue of the roll-up and the few system accounts are meant to be scanned. */
const LARGE = ['account', 'transfer', 'transfer_key', 'entry']

interface Place {
  readonly databaseUrl: string
  readonly client: pg.Client
  readonly accounts: number
}

const LEDGER = { empty: emptyLedger, check: checkLedger }
const BANK = { empty: emptyBank, check: checkBank }

interface Runner {
  readonly variant: Variant
  readonly place: Place
  readonly program: Program
}

interface Round extends TransfersDone {
  /** CPU microseconds a transfer, of the client and of PostgreSQL. */
  readonly appCpu: number
  readonly pgCpu: number
  readonly foreign: number
}

await begin(async ({ quick, folder, atEnd }) => {
  const [rounds, seconds, warmup] = quick ? [2, 2, 0.5] : [7, 4, 1]
  const quiet = createQuiet()
  const postgres = await openPostgres({ folder, atEnd })
  const [few, many] = [await openPlace(postgres, 'few', FEW), await openPlace(postgres, 'many', MANY)]
  for (const { client } of [few, many]) atEnd(() => client.end())
  await fillBank(many.client, MANY)
  say(`${FEW} and ${MANY} accounts stand`)

  const start = async (variant: Variant, place: Place): Promise<Runner> => {
    const runner = await startRunner(variant, place)
    atEnd(() => runner.program.end())
    return runner
  }
  const runners: Record<string, Runner> = {
    ledger: await start('ledger', many),
    few: await start('ledger', few),
    bank: await start('bank', many),
    function: await start('function', many),
  }
  const measured: Record<string, Round[]> = { ledger: [], few: [], bank: [], function: [] }
  // One round more than counts: the first warms everything up.
  for (let round = 0; round <= rounds; round++) {
    for (const [name, runner] of Object.entries(runners)) {
      const { empty, check } = runner.variant === 'ledger' ? LEDGER : BANK
      await empty(runner.place.client)
      await postgres.client.query('checkpoint')
      // Tables that were emptied are planned for anew.
      const warm = await runner.program.ask<TransfersDone>('run', warmup)
      const one = await quiet.during(() => measure(postgres, runner, seconds))
      await runner.program.ask('settle')
      await check(runner.place, warm.done + one.done)
      if (round > 0) measured[name]?.push(one)
      say(
        `${round}/${rounds} ${name.padEnd(8)} ${one.perSecond.toFixed(0)}/s p50 ${one.p50.toFixed(2)} p99 ${one.p99.toFixed(1)} ms, cpu ${one.appCpu.toFixed(0)}+${one.pgCpu.toFixed(0)} µs, foreign ${one.foreign.toFixed(2)}`,
      )
    }
  }
  tell(measured)
})

/** A migrated database with so many accounts. */
async function openPlace(postgres: Postgres, name: string, accounts: number): Promise<Place> {
  const databaseUrl = await postgres.createDatabase(name)
  await migrate(databaseUrl, { dir: path.join(import.meta.dirname, '../server/migrations') })
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await fillLedger(client, accounts)
  return { databaseUrl, client, accounts }
}

async function startRunner(variant: Variant, place: Place): Promise<Runner> {
  const program = startProgram('transfers')
  const { databaseUrl, accounts } = place
  const ask: TransfersPlace = { variant, databaseUrl, accounts, connections: CONNECTIONS }
  await program.ask('open', ask)
  return { variant, place, program }
}

async function measure(
  postgres: Postgres,
  { place, program }: Runner,
  seconds: number,
): Promise<Omit<Round, 'foreign'>> {
  const scans = await scansOf(place.client)
  const [app, pgUsed] = [cpuSecondsOf(program.pid), cpuSecondsOf(postgres.pid)]
  const result = await program.ask<TransfersDone>('run', seconds)
  const perTransfer = (before: number, pid: number) => ((cpuSecondsOf(pid) - before) * 1e6) / result.done
  const [appCpu, pgCpu] = [perTransfer(app, program.pid), perTransfer(pgUsed, postgres.pid)]
  const scanned = (await scansOf(place.client)) - scans
  if (scanned > 0) throw new Error(`${scanned} sequential scans of large tables`)
  return { ...result, appCpu, pgCpu }
}

async function scansOf(client: pg.Client): Promise<number> {
  await client.query('select pg_stat_force_next_flush()')
  const { rows } = await client.query<{ scans: string | null }>(
    `select sum(seq_scan) as scans from pg_stat_user_tables where schemaname = 'ledger' and regexp_replace(relname, '_\\d$', '') = any($1)`,
    [LARGE],
  )
  return Number(rows[0]?.scans ?? 0)
}

async function count(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table}`)
  return rows[0]?.n ?? 0
}

/** What was answered stands there, each transfer with its two entries, and the whole ledger is sound. */
async function checkLedger({ client, databaseUrl }: Place, done: number): Promise<void> {
  const expected = {
    'ledger.entry': 2 * done,
    'ledger.transfer': done,
    'ledger.transfer_key': done,
    'ledger.unsummed': 0,
  }
  for (const [table, rows] of Object.entries(expected)) {
    const found = await count(client, table)
    if (found !== rows) throw new Error(`${table} has ${found} rows after ${done} transfers`)
  }
  const { db, close } = connectPool({ connectionString: databaseUrl, max: 1, applicationName: 'bench' })
  const { sound, differences } = await audit(db)
  await close()
  if (!sound) throw new Error(`the ledger is not sound: ${JSON.stringify(differences)}`)
}

async function checkBank({ client }: Place, done: number): Promise<void> {
  const found = await count(client, 'bank.history')
  if (found !== done) throw new Error(`bank.history has ${found} rows after ${done} transfers`)
}

function tell(measured: Record<string, Round[]>): void {
  const column = (name: string, of: (round: Round) => number) => (measured[name] ?? []).map(of)
  const compare = (
    of: (round: Round) => number,
    [ours, theirs]: [string, string],
    better: 'more' | 'less',
  ) => {
    const [mine, other] = [column(ours, of), column(theirs, of)]
    const ratios = mine.map((one, n) => (better === 'more' ? one / (other[n] ?? 1) : (other[n] ?? 0) / one))
    const { median: ratio, low, high } = summarize(ratios)
    return { value: summarize(mine).median, baseline: summarize(other).median, ratio, low, high }
  }
  const rate = (one: Round) => one.perSecond
  const cpu = (one: Round) => one.appCpu + one.pgCpu
  const median = (name: string, of: (round: Round) => number) => summarize(column(name, of)).median
  report({
    name: 'ledger',
    unit: 'transfers/s',
    ...compare(rate, ['ledger', 'bank'], 'more'),
    foreign: summarize(
      Object.values(measured)
        .flat()
        .map((one) => one.foreign),
    ).median,
    accounts: MANY,
    connections: CONNECTIONS,
    branches: BRANCHES,
    transfers: column('ledger', (one) => one.done).reduce((sum, one) => sum + one, 0),
    p50: median('ledger', (one) => one.p50),
    p99: median('ledger', (one) => one.p99),
  })
  report({ name: 'ledger.function', unit: 'transfers/s', ...compare(rate, ['ledger', 'function'], 'more') })
  report({
    name: 'ledger.cpu',
    unit: 'µs/transfer',
    ...compare(cpu, ['ledger', 'bank'], 'less'),
    client: median('ledger', (one) => one.appCpu),
    postgres: median('ledger', (one) => one.pgCpu),
    function: median('function', cpu),
  })
  // Growth: how many times slower a million accounts are than a thousand.
  report({
    name: 'ledger.growth',
    unit: 'transfers/s',
    ...growth(column('ledger', rate), column('few', rate)),
  })
  report({ name: 'ledger.growth.cpu', unit: 'µs/transfer', ...compare(cpu, ['few', 'ledger'], 'less') })
}

function growth(many: readonly number[], few: readonly number[]) {
  const { median: ratio, low, high } = summarize(few.map((one, n) => one / (many[n] ?? 1)))
  return { value: summarize(many).median, baseline: summarize(few).median, ratio, low, high }
}
