/** Kills -9 of server, database and both in a storm of deals: lots, deals, money and volume before and after; what was lost or created. */
import { randomInt, randomUUID } from 'node:crypto'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { systemClock } from '../server/platform/clock.ts'
import { fillLines, sessionToken, signEverybodyIn } from './harness/fill-lines.ts'
import { openHolds, publishRoomyRules, putUpLots, sumEverything } from './harness/fill-market.ts'
import { freePort } from './harness/free-port.ts'
import { begin, openStandIn, type ProductOptions, report, say, startProduct } from './harness/index.ts'
import { connectionStringOf, killDatabase, withDatabase } from './harness/kill-database.ts'

const BUYERS = 32
const PEOPLE = 2_000
const ANSWER_MS = 5_000
const MOST_WAITS = 12_000
const KINDS = ['server', 'database', 'both'] as const

interface Lot {
  readonly id: string
  readonly price: number
}

/** What buyers were told: which purchase got which lot. */
interface Told {
  readonly bought: Map<string, string>
  refused: number
}

await begin(async ({ quick, folder, atEnd }) => {
  const [kills, lots] = quick ? [6, 6_000] : [21, 20_000]
  const standIn = await openStandIn()
  atEnd(() => standIn.close())
  const settings: ProductOptions = {
    dataDir: path.join(folder, 'installation'),
    port: await freePort(),
    doors: [],
    trustedOrigin: standIn.url,
    behindProxy: true,
  }
  let product = await startProduct(settings)
  atEnd(async () => {
    if (!product.gone) await product.end()
  })
  const url = product.url
  const { before, onSale, lineIds } = await withDatabase(settings.dataDir, async (client) => {
    await fillLines(client, await connectionStringOf(settings.dataDir), {
      lines: PEOPLE,
      daily: 50,
      now: systemClock.now(),
    })
    await signEverybodyIn(client)
    await publishRoomyRules(client)
    await openHolds(client, PEOPLE / 2)
    await putUpLots(client, lots)
    return {
      before: await sumEverything(client),
      onSale: await lotsOnSale(client),
      lineIds: await linesOf(client),
    }
  })
  say(`${lots} lots are on sale`)

  const told: Told = { bought: new Map(), refused: 0 }
  let storming = true
  const next = takeTurns(onSale)
  const traffic = Promise.all(
    Array.from({ length: BUYERS }, () => buyAll(url, lineIds, next, told, () => storming)),
  ).finally(() => {
    storming = false
  })
  traffic.catch(() => undefined)
  const done = { server: 0, database: 0, both: 0 }
  for (let n = 0; n < kills; n++) {
    await untilInFullSwing(told, () => storming)
    if (!storming) throw new Error(`the storm was over after ${n} kills: make it longer`)
    const kind = KINDS[n % KINDS.length] ?? 'both'
    done[kind]++
    if (kind !== 'server') await killDatabase(settings.dataDir)
    if (kind !== 'database') {
      await product.end('SIGKILL')
      product = await startProduct(settings)
    }
    say(`kill ${n + 1}/${kills}: ${kind}, ${told.bought.size} lots were bought`)
  }
  storming = false
  await traffic
  await product.end()
  product = await startProduct(settings)
  await product.ask('drain')
  const judged = await withDatabase(settings.dataDir, (client) => judge(client, before, told))
  report({
    name: 'market-crash',
    value: judged.lostOrCreated,
    unit: 'units',
    baseline: 0,
    ratio: null,
    kills: done,
    lots,
    ...judged,
  })
})

async function lotsOnSale(client: pg.Client): Promise<Lot[]> {
  const { rows } = await client.query<{ id: string; price: string }>(
    `select id, price_kopecks as price from market.lot where state = 'active' order by md5(id::text)`,
  )
  return rows.map(({ id, price }) => ({ id, price: Number(price) }))
}

async function linesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>('select line_id as id from my.session s order by s.id')
  return rows.map(({ id }) => id)
}

/** Some deals are through since the last kill, and others are on their way. */
async function untilInFullSwing({ bought }: Told, goesOn: () => boolean): Promise<void> {
  const enough = bought.size + BUYERS + randomInt(10 * BUYERS)
  for (let tries = 0; bought.size < enough && goesOn(); tries++) {
    if (tries > MOST_WAITS) throw new Error('nothing is bought any more')
    await pause(5)
  }
}

function takeTurns(lots: readonly Lot[]): () => Lot | undefined {
  let place = 0
  return () => lots[place++]
}

/** Buys one lot after the other, each as somebody else, and asks again under the same id until there is an answer. */
async function buyAll(
  url: string,
  lineIds: readonly string[],
  next: () => Lot | undefined,
  told: Told,
  goesOn: () => boolean,
): Promise<void> {
  for (let lot = next(); lot && goesOn(); lot = next()) {
    const n = PEOPLE / 2 + 1 + randomInt(PEOPLE / 2)
    const id = randomUUID()
    const body = { id, lineId: lineIds[n - 1], lots: [{ id: lot.id, version: 1 }], totalKopecks: lot.price }
    const status = await askUntilAnswered(url, n, JSON.stringify(body))
    if (status === 200) told.bought.set(id, lot.id)
    else told.refused++
  }
}

/** 5xx and a lost connection say nothing of what has happened. */
async function askUntilAnswered(url: string, n: number, body: string): Promise<number> {
  for (let tries = 0; tries < 2_000; tries++) {
    try {
      const answer = await fetch(`${url}/api/v1/my/market/purchases`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: url,
          cookie: `otklik_my=${sessionToken(n)}`,
          'x-forwarded-for': `10.0.${(n >> 8) & 255}.${n & 255}`,
        },
        body,
        signal: AbortSignal.timeout(ANSWER_MS),
      })
      await answer.arrayBuffer()
      if (answer.status < 500) return answer.status
    } catch {
      // The server is gone, or will not answer any more.
    }
    await pause(50)
  }
  throw new Error('nobody answers')
}

/** Looks for everything that was there, and for what buyers were told. */
async function judge(client: pg.Client, before: Readonly<Record<string, bigint>>, { bought, refused }: Told) {
  const after = await sumEverything(client)
  const units = Object.keys({ ...before, ...after })
  const difference = units.reduce((sum, unit) => {
    const moved = (after[unit] ?? 0n) - (before[unit] ?? 0n)
    return sum + Number(moved < 0n ? -moved : moved)
  }, 0)
  const { rows: deals } = await client.query<{ purchase: string; lot: string }>(
    'select purchase_id as purchase, lot_id as lot from market.deal',
  )
  const stored = new Map(deals.map(({ purchase, lot }) => [purchase, lot]))
  const forgotten = [...bought].filter(([purchase, lot]) => stored.get(purchase) !== lot).length
  const { rows: strange } = await client.query<{ wrong: string; n: number }>(
    `select 'half-sold' as wrong, count(*)::int as n from market.lot l full join market.deal d on d.lot_id = l.id
        where (l.state = 'sold') is distinct from (d.id is not null)
      union all
      select 'not held', count(*)::int from lines.hold h join ledger.account a on a.id = h.account_id
        left join (select line_id, sum(units) as units from market.lot where state = 'active' group by 1) l on l.line_id = h.line_id
        where a.balance <> coalesce(l.units, 0) * 1073741824
      union all
      select 'no bucket', count(*)::int from market.deal d where not exists (select from lines.bucket b where b.id = d.bucket_id)
      union all
      select 'not told', count(*)::int from market.purchase p where not exists (
        select from timeline.entry_body b where b.lane_id = p.line_id and b.external_id = 'market:bought:' || p.id)
      union all
      select 'below nothing', count(*)::int from ledger.account where balance < floor`,
  )
  const wrong = Object.fromEntries(strange.map(({ wrong: what, n }) => [what, n]))
  const inHalves = Object.values(wrong).reduce((sum, n) => sum + n, 0)
  return {
    lostOrCreated: difference + forgotten + inHalves,
    before: inWords(before),
    after: inWords(after),
    deals: deals.length,
    told: bought.size,
    refused,
    forgotten,
    ...wrong,
  }
}

function inWords(sums: Readonly<Record<string, bigint>>) {
  return Object.fromEntries(Object.entries(sums).map(([unit, sum]) => [unit, String(sum)]))
}
