/** A whole turn of the assistant: from a message in a site's chat to its committed answer on the open chat, against one INSERT and a socket. */
import { setTimeout as pause } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import WebSocket from 'ws'
import { openDesk } from './harness/desk.ts'
import { freePort } from './harness/free-port.ts'
import {
  begin,
  createQuiet,
  openPostgres,
  type Product,
  report,
  say,
  startProduct,
  startProgram,
  summarize,
} from './harness/index.ts'

/** What a visitor may write before they are asked to slow down. */
const WORDS_EACH = 10
const PATIENCE_MS = 5_000
const SITE = '0199d000-0000-7000-8000-00000000a515'

await begin(async ({ quick, folder, atEnd }) => {
  const [rounds, visitors] = quick ? [2, 3] : [5, 10]
  const quiet = createQuiet()
  const postgres = await openPostgres({ folder, atEnd })
  const product = await startProduct({
    dataDir: postgres.dataDir,
    port: await freePort(),
    doors: [{ id: SITE, kind: 'web-chat', name: 'Site', policy: 'full', settings: {}, secrets: {} }],
    trustedOrigin: 'http://127.0.0.1:1',
    staff: true,
    behindProxy: true,
  })
  atEnd(() => product.end())
  await switchOn(product)
  await postgres.client.query(
    'create schema bench; create table bench.message (id text primary key, chat bigint not null, text text not null)',
  )
  const bare = startProgram('echo-bare')
  atEnd(() => bare.end())
  const barePort = await bare.ask<number>('start', {
    databaseUrl: postgres.connectionString,
    connections: 4,
    watched: [1],
  })

  const ours: number[][] = []
  const theirs: number[][] = []
  const foreign: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const our = await quiet.during(async () => ({ times: await answeredTurns(product, visitors, round) }))
    const their = await quiet.during(async () => ({
      times: await bareTurns(barePort, visitors * WORDS_EACH),
    }))
    say(`${round}/${rounds} ${middleOf(our.times).toFixed(1)} against ${middleOf(their.times).toFixed(2)} ms`)
    if (round === 0) continue
    ours.push(our.times)
    theirs.push(their.times)
    foreign.push(our.foreign, their.foreign)
  }
  const { median, low, high } = summarize(ours.map((times, n) => middleOf(times) / middleOf(theirs[n] ?? [])))
  report({
    name: 'assistant-answer',
    value: summarize(ours.map(middleOf)).median,
    unit: 'ms',
    baseline: summarize(theirs.map(middleOf)).median,
    ratio: median,
    low,
    high,
    samples: ours.flat().length,
    foreign: summarize(foreign).median,
  })
})

function middleOf(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}

async function switchOn({ url, logins }: Product): Promise<void> {
  const { headers } = await openDesk({ url, logins }, 'pavel')
  const answer = await fetch(`${url}/api/v1/assistant/doors/${SITE}`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ on: true }),
  })
  if (!answer.ok) throw new Error(`not switched on: ${await answer.text()}`)
}

/** Visitors who go back to the menu again and again: each word a turn of two flows with buttons, answered before the next is said. */
async function answeredTurns({ url }: Product, visitors: number, round: number): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < visitors; n++) {
    const from = { 'x-forwarded-for': `10.7.${round}.${n + 1}` }
    const started = await post(`${url}/api/v1/chat/visitors`, { account: SITE }, from)
    const { token } = (await started.json()) as { token: string }
    const authorization = { ...from, authorization: `Bearer ${token}` }
    const socket = await open(`${url.replace('http', 'ws')}/realtime`, { type: 'hello', token, after: 0 })
    for (let word = 0; word < WORDS_EACH; word++) {
      const answered = nextFrame(socket, (frame) => frame.includes('"from":"assistant"'))
      const at = performance.now()
      const stored = await post(`${url}/api/v1/chat/messages`, { id: uuid(), text: 'меню' }, authorization)
      if (!stored.ok) throw new Error(`${stored.status}: ${await stored.text()}`)
      await answered
      times.push(performance.now() - at)
    }
    socket.close()
  }
  return times
}

async function bareTurns(port: number, words: number): Promise<number[]> {
  const socket = await open(`ws://127.0.0.1:${port}/realtime`)
  const times: number[] = []
  for (let word = 0; word < words; word++) {
    const shown = nextFrame(socket, () => true)
    const at = performance.now()
    const message = { sender: { user_id: 1 }, body: { mid: uuid(), text: 'меню' } }
    await post(`http://127.0.0.1:${port}/hook`, { message }, {})
    await shown
    times.push(performance.now() - at)
  }
  socket.close()
  return times
}

function post(url: string, body: object, headers: Record<string, string>): Promise<Response> {
  const sent = { ...headers, 'content-type': 'application/json' }
  return fetch(url, { method: 'POST', headers: sent, body: JSON.stringify(body) })
}

function open(url: string, hello?: object): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    socket.once('error', reject)
    socket.once('open', () => {
      if (hello) socket.send(JSON.stringify(hello))
      resolve(socket)
    })
  })
}

async function nextFrame(socket: WebSocket, wanted: (frame: string) => boolean): Promise<void> {
  const late = new AbortController()
  const came = new Promise<void>((resolve) => {
    const look = (data: WebSocket.RawData) => {
      if (!wanted(data.toString())) return
      socket.off('message', look)
      resolve()
    }
    socket.on('message', look)
  })
  const never = pause(PATIENCE_MS, undefined, { signal: late.signal }).then(
    () => Promise.reject(new Error('no answer came')),
    () => undefined,
  )
  await Promise.race([came, never])
  late.abort()
}
