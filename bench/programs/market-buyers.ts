/**
 * Buyers of the Market in a process of their own, each request by somebody else who is signed in. Answers `open`, then `buy` (all lots that are
 * on sale, in no order) and `contest` (every lot by all connections at once) as often as asked.
 */
import { randomInt, randomUUID } from 'node:crypto'
import net from 'node:net'
import pg from 'pg'
import { answerParent } from '../harness/answer.ts'
import { sessionToken } from '../harness/fill-lines.ts'
import { percentile, readAnswers, runLoad } from '../harness/http-load.ts'

export interface BuyersPlace {
  readonly databaseUrl: string
  readonly port: number
  readonly connections: number
  /** The first of those who buy; who comes before them sells. */
  readonly from: number
}

export interface Bought {
  readonly perSecond: number
  readonly deals: number
  readonly refused: number
  readonly seconds: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

export interface Contested {
  readonly lots: number
  /** Lots with exactly one winner. */
  readonly won: number
  readonly losers: number
  /** Milliseconds. */
  readonly winnersP50: number
  readonly losersP50: number
}

interface Lot {
  readonly id: string
  readonly price: number
}

let place: BuyersPlace
let lineIds: readonly string[] = []

const client = () => new pg.Client({ connectionString: place.databaseUrl })

async function open(asked: BuyersPlace): Promise<number> {
  place = asked
  const db = client()
  await db.connect()
  const { rows } = await db.query<{ id: string }>('select line_id as id from my.session s order by s.id')
  await db.end()
  lineIds = rows.map(({ id }) => id)
  return lineIds.length
}

/** Lots on sale, in an order that says nothing of where they stand. */
async function lotsOnSale(most: number): Promise<Lot[]> {
  const db = client()
  await db.connect()
  const { rows } = await db.query<{ id: string; price: string }>(
    `select id, price_kopecks as price from market.lot where state = 'active' order by md5(id::text) limit ${most}`,
  )
  await db.end()
  return rows.map(({ id, price }) => ({ id, price: Number(price) }))
}

/** Everybody has an address of their own, as the balancer in front tells it: the shield against floods counts by address. */
const addressOf = (n: number) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`

function requestFor({ id, price }: Lot): Buffer {
  const n = place.from + randomInt(lineIds.length - place.from + 1)
  const body = JSON.stringify({
    id: randomUUID(),
    lineId: lineIds[n - 1],
    lots: [{ id, version: 1 }],
    totalKopecks: price,
  })
  const origin = `http://127.0.0.1:${place.port}`
  return Buffer.from(
    `POST /api/v1/my/market/purchases HTTP/1.1\r\nhost: my.example\r\norigin: ${origin}\r\ncookie: otklik_my=${sessionToken(n)}\r\nx-forwarded-for: ${addressOf(n)}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    'latin1',
  )
}

async function buy(most: number): Promise<Bought> {
  const lots = await lotsOnSale(most)
  const from = performance.now()
  let next = 0
  const { port, connections } = place
  const load = { port, connections, seconds: 600, warmup: 0, most: lots.length }
  const { accepted, errors, p50, p99 } = await runLoad(load, () =>
    requestFor(lots[next++] ?? { id: '', price: 0 }),
  )
  const seconds = (performance.now() - from) / 1000
  return { perSecond: accepted / seconds, deals: accepted, refused: errors, seconds, p50, p99 }
}

interface Racer {
  ask(request: Buffer): Promise<{ readonly status: string; readonly ms: number }>
  end(): void
}

function openRacer(): Promise<Racer> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(place.port, '127.0.0.1').setNoDelay(true)
    let answer: (status: string) => void = () => undefined
    readAnswers(socket, (status) => answer(status))
    socket.on('error', reject).on('connect', () =>
      resolve({
        ask: (request) =>
          new Promise((tell) => {
            const sentAt = performance.now()
            answer = (status) => tell({ status, ms: performance.now() - sentAt })
            socket.write(request)
          }),
        end: () => socket.end(),
      }),
    )
  })
}

async function contest(most: number): Promise<Contested> {
  const lots = await lotsOnSale(most)
  const racers = await Promise.all(Array.from({ length: place.connections }, openRacer))
  const [winners, losers]: [number[], number[]] = [[], []]
  let won = 0
  for (const lot of lots) {
    const answers = await Promise.all(racers.map((racer) => racer.ask(requestFor(lot))))
    const first = answers.filter(({ status }) => status === '200')
    const strange = answers.find(({ status }) => status !== '200' && status !== '409')
    if (strange) throw new Error(`a buyer was answered ${strange.status}`)
    if (first.length === 1) won++
    for (const { status, ms } of answers) (status === '200' ? winners : losers).push(ms)
  }
  for (const racer of racers) racer.end()
  for (const list of [winners, losers]) list.sort((a, b) => a - b)
  const [winnersP50, losersP50] = [percentile(winners, 0.5), percentile(losers, 0.5)]
  return { lots: lots.length, won, losers: losers.length, winnersP50, losersP50 }
}

answerParent({ open, buy, contest })
