/** Inbox and conversation pages at a thousand, a hundred thousand and a million conversations: what growth costs. */
import path from 'node:path'
import pg from 'pg'
import { type Desk, openDesk } from './harness/desk.ts'
import { CHOSEN, fillInbox, talkative } from './harness/fill-inbox.ts'
import { freePort } from './harness/free-port.ts'
import {
  begin,
  createQuiet,
  openPostgres,
  openStandIn,
  report,
  say,
  startProduct,
  summarize,
} from './harness/index.ts'

const LIMIT = 25
const VIEWS = ['mine', 'unassigned', 'all']
const STATES = ['open', 'snoozed', 'resolved', 'muted']
const CHOICES = [
  {},
  { channel: CHOSEN.channel },
  { topicId: CHOSEN.topicId },
  { channel: CHOSEN.channel, topicId: CHOSEN.topicId },
]
/** So many of the worst pages are measured so many times again. */
const WORST = 8
const AGAIN = 2
/** Tables that a scan of would be a fault. */
const LARGE = ['conversation', 'lane', 'segment', 'interaction', 'contact_point', 'entry', 'entry_body']

interface Hall {
  readonly size: number
  readonly desk: Desk
  readonly client: pg.Client
  /** Path of each page by its name; absent where this size does not fill it. */
  readonly pages: ReadonlyMap<string, string>
}

await begin(async ({ quick, folder, atEnd }) => {
  const sizes = quick ? [1_000, 100_000] : [1_000, 100_000, 1_000_000]
  const [rounds, samples] = quick ? [3, 3] : [5, 4]
  const quiet = createQuiet()
  const postgres = await openPostgres({ folder, atEnd })
  const standIn = await openStandIn()
  atEnd(() => standIn.close())

  const halls: Hall[] = []
  for (const size of sizes) {
    const databaseUrl = await postgres.createDatabase(`hall_${size}`)
    const product = await startProduct({
      dataDir: path.join(folder, `product-${size}`),
      port: await freePort(),
      databaseUrl,
      doors: [],
      trustedOrigin: standIn.url,
      staff: true,
    })
    atEnd(() => product.end())
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    atEnd(() => client.end())
    const { rows } = await client.query<{ id: string }>(
      `select id from staff.member where email = 'irina@demo.example'`,
    )
    const from = performance.now()
    await fillInbox(client, size, rows[0]?.id ?? '')
    say(`${size} conversations filled in ${((performance.now() - from) / 1000).toFixed(0)} s`)
    const desk = await openDesk(product, 'irina')
    halls.push({ size, desk, client, pages: await findPages(desk) })
  }

  const large = halls.at(-1)
  if (!large) throw new Error('no sizes')
  const names = [...large.pages.keys()].filter((name) => halls.every((hall) => hall.pages.has(name)))
  say(
    `${names.length} pages are filled at every size; ${large.pages.size - names.length} are not at ${sizes[0]}`,
  )
  const scansBefore = await scansOf(large.client)
  const times = new Map<string, number[][]>(names.map((name) => [name, halls.map(() => [])]))
  const foreign: number[] = []
  const measure = async (some: readonly string[], each: number, counts: boolean) => {
    const done = await quiet.during(async () => {
      for (const name of some) {
        for (let n = 0; n < each; n++) {
          // Sizes take turns sample by sample: what disturbs one disturbs all.
          for (const [place, hall] of halls.entries()) {
            const ms = await timePage(hall, name, n)
            if (counts) times.get(name)?.[place]?.push(ms)
          }
        }
      }
      return {}
    })
    foreign.push(done.foreign)
    say(`${some.length} pages, foreign ${done.foreign.toFixed(2)}`)
  }
  for (let round = 0; round <= rounds; round++) await measure(names, samples, round > 0)
  // The worst of many is mostly the unluckiest: whatever looks bad is looked at again, and all its samples count.
  for (let again = 0; again < AGAIN; again++) {
    const worst = [...times].sort(([, a], [, b]) => growthOf(b) - growthOf(a)).map(([name]) => name)
    await measure(worst.slice(0, WORST), samples * rounds, true)
  }
  const scans = (await scansOf(large.client)) - scansBefore
  tell(sizes, times, { scans, foreign: summarize(foreign).median })
  if (scans > 0) throw new Error(`${scans} sequential scans of large tables`)
})

/** Every page that the screen can show: each view and state, alone and with channel, topic, both; first page and a deep one. */
async function findPages(desk: Desk): Promise<Map<string, string>> {
  const pages = new Map<string, string>()
  for (const view of VIEWS) {
    for (const state of STATES) {
      for (const choice of CHOICES) {
        const name = [view, state, ...Object.keys(choice)].join(' ')
        const query = new URLSearchParams({ view, state, ...choice, limit: String(LIMIT) })
        const first = await readPage(desk, query)
        if (first.items.length < LIMIT) continue
        pages.set(name, `/api/v1/conversations?${query}`)
        const deep = await deepCursor(desk, query, first.next)
        if (deep) pages.set(`${name} deep`, `/api/v1/conversations?${query}&after=${deep}`)
      }
    }
  }
  pages.set('timeline', 'timeline')
  return pages
}

interface Page {
  readonly items: readonly unknown[]
  readonly next: string | null
}

function readPage(desk: Desk, query: URLSearchParams | string): Promise<Page> {
  return desk.get<Page>(`/api/v1/conversations?${query}`)
}

/** A cursor as far down as a thousand conversations allow: after three pages or the last that leaves one full. */
async function deepCursor(
  desk: Desk,
  query: URLSearchParams,
  from: string | null,
): Promise<string | undefined> {
  let cursor = from
  let deep: string | undefined
  for (let page = 0; cursor && page < 3; page++) {
    const next: Page = await readPage(desk, `${query}&after=${cursor}`)
    if (next.items.length === LIMIT) deep = cursor
    cursor = next.next
  }
  return deep
}

/** Milliseconds. The inbox asks for its counters with every page; so do we. */
async function timePage(hall: Hall, name: string, n: number): Promise<number> {
  const from = performance.now()
  if (name === 'timeline') await readConversation(hall.desk, talkative(n * 7 + 1))
  else {
    await hall.desk.get(hall.pages.get(name) ?? '')
    await hall.desk.get('/api/v1/conversations/counters')
  }
  return performance.now() - from
}

/** The conversation page: itself, the newest entries, and the ones before them. */
async function readConversation(desk: Desk, id: string): Promise<void> {
  await desk.get(`/api/v1/conversations/${id}`)
  const at = `/api/v1/conversations/${id}/timeline?limit=50`
  const { before } = await desk.get<{ before: string | null }>(at)
  if (!before) throw new Error('the timeline does not fill a page')
  await desk.get(`${at}&before=${before}`)
}

async function scansOf(client: pg.Client): Promise<number> {
  await client.query('select pg_stat_force_next_flush()')
  const { rows } = await client.query<{ scans: string | null }>(
    `select sum(seq_scan) as scans from pg_stat_user_tables where regexp_replace(relname, '_\\d$', '') = any($1)`,
    [LARGE],
  )
  return Number(rows[0]?.scans ?? 0)
}

/** Median at the largest size by median at the smallest. */
function growthOf(bySize: readonly number[][]): number {
  return summarize(bySize.at(-1) ?? []).median / summarize(bySize[0] ?? []).median
}

function tell(sizes: number[], times: ReadonlyMap<string, number[][]>, more: object): void {
  const lines = [...times].map(([name, bySize]) => {
    return { name, ms: bySize.map((one) => summarize(one).median), growth: growthOf(bySize) }
  })
  const worstBy = (of: (line: (typeof lines)[number]) => number) =>
    [...lines].sort((a, b) => of(b) - of(a))[0]
  const grown = worstBy((line) => line.growth)
  const slow = worstBy((line) => line.ms.at(-1) ?? 0)
  for (const line of [...lines].sort((a, b) => b.growth - a.growth).slice(0, 8))
    say(
      `${line.name}: ${line.ms.map((ms) => ms.toFixed(2)).join(' → ')} ms, growth ${line.growth.toFixed(2)}`,
    )
  report({
    name: 'inbox',
    value: slow?.ms.at(-1) ?? 0,
    unit: 'ms',
    baseline: slow?.ms[0] ?? 0,
    ratio: grown?.growth ?? 0,
    low: summarize(lines.map((line) => line.growth)).low,
    high: grown?.growth ?? 0,
    worstGrowth: grown?.name,
    slowest: slow?.name,
    pages: lines.length,
    sizes,
    medianGrowth: summarize(lines.map((line) => line.growth)).median,
    ...more,
  })
}
