/** Deals of 64 buyers at a time over full HTTP, against a TPC-B-like transaction in the same run; lots that everybody wants at once. */
import pg from 'pg'
import { systemClock } from '../server/platform/clock.ts'
import { fillLines, signEverybodyIn } from './harness/fill-lines.ts'
import { openHolds, publishRoomyRules, putUpLots, sumEverything } from './harness/fill-market.ts'
import { freePort } from './harness/free-port.ts'
import {
  begin,
  cpuSecondsOf,
  createQuiet,
  openPostgres,
  openStandIn,
  type Postgres,
  type Product,
  report,
  say,
  startProduct,
  startProgram,
  summarize,
} from './harness/index.ts'
import { BRANCHES, emptyBank, fillBank } from './harness/ledger-tables.ts'
import type { Bought, BuyersPlace, Contested } from './programs/market-buyers.ts'
import type { TransfersDone, TransfersPlace } from './programs/transfers.ts'

const BUYERS = 64
const BANK_CONNECTIONS = 8
const BANK_ACCOUNTS = 100_000
const BANK_SECONDS = 4
/** Tables that a scan of would be a fault. The queues of the roll-ups are meant to be scanned. */
const LARGE = ['lot', 'deal', 'purchase', 'entry', 'account', 'transfer_key', 'line', 'bucket', 'lane']

interface Round extends Bought {
  /** CPU microseconds a deal, of the product and of PostgreSQL. */
  readonly appCpu: number
  readonly pgCpu: number
  readonly foreign: number
}

await begin(async ({ quick, folder, atEnd }) => {
  const [rounds, lots, contested] = quick ? [2, 3_000, 200] : [5, 10_000, 1_000]
  const people = quick ? 8_000 : 20_000
  const quiet = createQuiet()
  const postgres = await openPostgres({ folder, atEnd })
  const standIn = await openStandIn()
  atEnd(() => standIn.close())
  const product = await startProduct({
    dataDir: postgres.dataDir,
    port: await freePort(),
    doors: [],
    trustedOrigin: standIn.url,
    behindProxy: true,
  })
  atEnd(() => product.end())
  const { client, connectionString } = postgres
  await fillLines(client, connectionString, { lines: people, daily: 50, now: systemClock.now() })
  await signEverybodyIn(client)
  await publishRoomyRules(client)
  const sellers = people / 2
  await openHolds(client, sellers)
  say(`${people} lines stand, half of them sell`)

  const buyers = startProgram('market-buyers')
  const bank = startProgram('transfers')
  for (const program of [buyers, bank]) atEnd(() => program.end())
  const bankUrl = await postgres.createDatabase('bank')
  const bankClient = new pg.Client({ connectionString: bankUrl })
  await bankClient.connect()
  atEnd(() => bankClient.end())
  await fillBank(bankClient, BANK_ACCOUNTS)
  const asked: TransfersPlace = {
    variant: 'bank',
    databaseUrl: bankUrl,
    accounts: BANK_ACCOUNTS,
    connections: BANK_CONNECTIONS,
  }
  await bank.ask('open', asked)
  const place: BuyersPlace = {
    databaseUrl: connectionString,
    port: product.port,
    connections: BUYERS,
    from: sellers + 1,
  }
  if ((await buyers.ask<number>('open', place)) !== people) throw new Error('not everybody is signed in')

  const deals: Round[] = []
  const baseline: TransfersDone[] = []
  // One round more than counts: the first warms everything up.
  for (let round = 0; round <= rounds; round++) {
    await putUpLots(client, lots)
    await client.query('checkpoint')
    const before = await sumEverything(client)
    const one = await quiet.during(() => measure(postgres, product, () => buyers.ask<Bought>('buy', lots)))
    await check(client, before, lots, one.deals)
    await emptyBank(bankClient)
    await bank.ask('run', 0.5)
    const other = await quiet.during(() => bank.ask<TransfersDone>('run', BANK_SECONDS))
    if (round > 0) {
      deals.push(one)
      baseline.push(other)
    }
    say(
      `${round}/${rounds} deals ${one.perSecond.toFixed(0)}/s p50 ${one.p50.toFixed(1)} p99 ${one.p99.toFixed(1)} ms, cpu ${one.appCpu.toFixed(0)}+${one.pgCpu.toFixed(0)} µs, refused ${one.refused}, foreign ${one.foreign.toFixed(2)}; bank ${other.perSecond.toFixed(0)}/s, foreign ${other.foreign.toFixed(2)}`,
    )
  }
  await putUpLots(client, contested)
  const before = await sumEverything(client)
  const race = await quiet.during(() => buyers.ask<Contested>('contest', contested))
  await check(client, before, contested, race.won)
  tell(deals, baseline, race, { people, lots })
})

async function measure(
  postgres: Postgres,
  product: Product,
  run: () => Promise<Bought>,
): Promise<Omit<Round, 'foreign'>> {
  const scans = await scansOf(postgres.client)
  const [app, pgUsed] = [cpuSecondsOf(product.pid), cpuSecondsOf(postgres.pid)]
  const result = await run()
  const perDeal = (from: number, pid: number) => ((cpuSecondsOf(pid) - from) * 1e6) / result.deals
  const [appCpu, pgCpu] = [perDeal(app, product.pid), perDeal(pgUsed, postgres.pid)]
  const scanned = (await scansOf(postgres.client)) - scans
  // Whoever makes ready for the next round reads all lots; so does nobody else.
  if (scanned > 1) say(`${scanned} sequential scans of large tables`)
  return { ...result, appCpu, pgCpu }
}

async function scansOf(client: pg.Client): Promise<number> {
  await client.query('select pg_stat_force_next_flush()')
  const { rows } = await client.query<{ scans: string | null }>(
    `select sum(seq_scan) as scans from pg_stat_user_tables
      where schemaname in ('market', 'ledger', 'lines', 'timeline') and regexp_replace(relname, '_\\d$', '') = any($1)`,
    [LARGE],
  )
  return Number(rows[0]?.scans ?? 0)
}

/** What was answered stands there: no unit came or went, each lot has its end, each deal stands on the buyer's timeline. */
async function check(
  client: pg.Client,
  before: Readonly<Record<string, bigint>>,
  lots: number,
  deals: number,
): Promise<void> {
  const after = await sumEverything(client)
  for (const [unit, sum] of Object.entries(before))
    if (after[unit] !== sum) throw new Error(`${unit}: ${sum} before, ${after[unit]} after`)
  const { rows } = await client.query<{ wrong: string }>(
    `select 'a lot without a deal, or a deal without a lot' as wrong from market.lot l full join market.deal d on d.lot_id = l.id
        where (l.state = 'sold') is distinct from (d.id is not null)
      union all
      select 'a purchase without an entry' from market.purchase p where not exists (
        select from timeline.entry_body b where b.lane_id = p.line_id and b.external_id = 'market:bought:' || p.id)
      union all
      select 'held is not what is on sale' from lines.hold h join ledger.account a on a.id = h.account_id
        left join (select line_id, sum(units) as units from market.lot where state = 'active' group by 1) l on l.line_id = h.line_id
        where a.balance <> coalesce(l.units, 0) * 1073741824
      limit 5`,
  )
  if (rows.length > 0) throw new Error(rows.map(({ wrong }) => wrong).join('; '))
  if (deals < lots * 0.99) throw new Error(`${deals} of ${lots} lots were sold`)
}

function tell(
  deals: readonly Round[],
  baseline: readonly TransfersDone[],
  race: Contested & { readonly foreign: number },
  sizes: Readonly<Record<string, number>>,
): void {
  const column = (of: (round: Round) => number) => deals.map(of)
  const median = (of: (round: Round) => number) => summarize(column(of)).median
  const {
    median: ratio,
    low,
    high,
  } = summarize(deals.map((one, n) => one.perSecond / (baseline[n]?.perSecond ?? 1)))
  report({
    name: 'market',
    value: median((one) => one.perSecond),
    unit: 'deals/s',
    baseline: summarize(baseline.map((one) => one.perSecond)).median,
    ratio,
    low,
    high,
    note: 'full HTTP, timeline included, against a TPC-B-like transaction without HTTP on eight connections',
    foreign: median((one) => one.foreign),
    buyers: BUYERS,
    branches: BRANCHES,
    ...sizes,
    deals: column((one) => one.deals).reduce((sum, one) => sum + one, 0),
    p50: median((one) => one.p50),
    p99: median((one) => one.p99),
  })
  report({
    name: 'market.cpu',
    value: median((one) => one.appCpu + one.pgCpu),
    unit: 'µs/deal',
    baseline: null,
    ratio: null,
    server: median((one) => one.appCpu),
    postgres: median((one) => one.pgCpu),
  })
  // What losing takes of the time that a deal takes under the same load: smaller is better.
  report({
    name: 'market.contested',
    value: race.losersP50,
    unit: 'ms',
    baseline: median((one) => one.p50),
    ratio: race.losersP50 / median((one) => one.p50),
    foreign: race.foreign,
    lots: race.lots,
    wonOnce: race.won,
    losers: race.losers,
    winnersP50: race.winnersP50,
  })
}
