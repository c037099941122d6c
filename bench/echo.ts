/** From a webhook to the entry on an agent's open socket, in a flood and in calm, against one INSERT and a socket. */
import { openDesk } from './harness/desk.ts'
import { openHall } from './harness/hall.ts'
import type { LoadResult } from './harness/http-load.ts'
import { begin, createQuiet, type Postgres, report, say, startProgram, summarize } from './harness/index.ts'
import { FIRST_CHAT } from './harness/max-update.ts'
import type { EchoResult } from './programs/load.ts'

const CHATS = 1_000
const CONNECTIONS = 32
const WATCHED = Array.from({ length: 40 }, (_, chat) => chat)
const CALM = 50
/** Samples a second that are worth having in a flood. */
const SAMPLES = 100

type Round = EchoResult & { foreign: number }

await begin(async (settings) => {
  const { quick, atEnd } = settings
  const [rounds, seconds, warmup] = quick ? [2, 3, 0.5] : [5, 4, 1]
  const quiet = createQuiet()
  const { postgres, product, door } = await openHall(settings, { staff: true })
  await postgres.client.query(
    'create schema bench; create table bench.message (id text primary key, chat bigint not null, text text not null)',
  )
  const load = startProgram('load')
  const bare = startProgram('echo-bare')
  for (const program of [load, bare]) atEnd(() => program.end())
  const barePort = await bare.ask<number>('start', {
    databaseUrl: postgres.connectionString,
    connections: CONNECTIONS,
    watched: WATCHED.map((chat) => FIRST_CHAT + chat),
  })

  let first = 0
  const target = { secret: door.secret, textBytes: 640, connections: CONNECTIONS, chats: CHATS }
  const flood = async (port: number, at: string, more: object, what = 'run') => {
    const result = await load.ask<EchoResult>(what, { ...target, port, path: at, first, ...more })
    first += result.accepted + CONNECTIONS
    if (result.errors > 0) throw new Error(`${result.errors} requests were not answered 200`)
    return result
  }
  await flood(product.port, door.path, { seconds: 120, warmup: 0, most: CHATS })
  await product.ask('drain')
  const measured: LoadResult = await flood(product.port, door.path, { seconds, warmup })
  await product.ask('drain')
  const half = Math.round(measured.perSecond / 2)
  say(`${measured.perSecond.toFixed(0)}/s are accepted now; half of that is ${half}/s`)

  const irina = await openDesk(product, 'irina')
  const rates: Record<string, number> = { echo: half, 'echo.calm': CALM }
  const ours: Record<string, Round[]> = { echo: [], 'echo.calm': [] }
  const theirs: Record<string, Round[]> = { echo: [], 'echo.calm': [] }
  for (let round = 0; round <= rounds; round++) {
    for (const [name, rate] of Object.entries(rates)) {
      const every = Math.max(1, Math.round(rate / SAMPLES))
      const more = { seconds, warmup, rate, watched: WATCHED, every, headers: irina.headers }
      const frames = await watchFrames(postgres)
      const our = await quiet.during(() => flood(product.port, door.path, { ...more, frames }, 'echo'))
      await product.ask('drain')
      const their = await quiet.during(() => flood(barePort, '/hook', { ...more, frames: [] }, 'echo'))
      if (our.missing + their.missing > 0)
        throw new Error(`${our.missing} and ${their.missing} never arrived`)
      say(
        `${round}/${rounds} ${name} at ${rate}/s: ${our.p50.toFixed(2)} (p99 ${our.p99.toFixed(1)}) against ${their.p50.toFixed(2)} ms (${their.p99.toFixed(1)}), ${our.echoed} samples, foreign ${our.foreign.toFixed(2)} ${their.foreign.toFixed(2)}`,
      )
      if (round === 0) continue
      ours[name]?.push(our)
      theirs[name]?.push(their)
    }
  }
  for (const [name, rate] of Object.entries(rates)) tell(name, rate, ours[name] ?? [], theirs[name] ?? [])
})

/** The agent's screen watches these conversations from where their lanes stand. */
async function watchFrames({ client }: Postgres): Promise<string[]> {
  const { rows } = await client.query<{ id: string; lane: string; seq: string }>(
    `select c.id, l.id as lane, l.last_seq as seq from timeline.conversation c join timeline.lane l on l.id = c.lane_id
      join subscribers.contact_alias a on a.contact_point_id = l.id where a.external_id = any($1)`,
    [WATCHED.map((chat) => String(FIRST_CHAT + chat))],
  )
  if (rows.length !== WATCHED.length) throw new Error(`${rows.length} conversations to watch`)
  return rows.map(({ id, lane, seq }) =>
    JSON.stringify({ type: 'watch', conversationId: id, laneSeqs: { [lane]: Number(seq) } }),
  )
}

function tell(name: string, rate: number, ours: Round[], theirs: Round[]): void {
  for (const [suffix, of] of [
    ['', (one: Round) => one.p50],
    ['.p99', (one: Round) => one.p99],
  ] as const) {
    const { median, low, high } = summarize(ours.map((one, n) => of(one) / of(theirs[n] ?? one)))
    report({
      name: `${name}${suffix}`,
      value: summarize(ours.map(of)).median,
      unit: 'ms',
      baseline: summarize(theirs.map(of)).median,
      ratio: median,
      low,
      high,
      rate,
      samples: ours.reduce((sum, one) => sum + one.echoed, 0),
      foreign: summarize([...ours, ...theirs].map((one) => one.foreign)).median,
    })
  }
}
