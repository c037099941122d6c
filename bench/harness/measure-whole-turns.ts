import type { Turns, TurnsResult } from '../programs/turn-load.ts'
import { openDesk } from './desk.ts'
import { openHall } from './hall.ts'
import { createQuiet, type Postgres, report, type Settings, say, startProgram, summarize } from './index.ts'
import { FIRST_CHAT } from './max-update.ts'

const CHATS = 40
/** MAX takes 30 messages a second from one bot. */
const RATE = 20
const CONNECTIONS = 8
const WANTED_RATIO = 4
const WORD = 'меню'

/**
 * The whole turn, from the webhook with somebody's word to the committed answer on an agent's socket, against the minimal path of `echo`: one
 * INSERT, then the text to the socket.
 */
export async function measureWholeTurns(settings: Settings): Promise<void> {
  const { quick, atEnd } = settings
  const [rounds, seconds, warmup] = quick ? [2, 3, 0.5] : [5, 6, 1]
  const quiet = createQuiet()
  const { postgres, product, door } = await openHall(settings, { staff: true })
  await postgres.client.query(
    'create schema bench; create table bench.message (id text primary key, chat bigint not null, text text not null)',
  )
  const pavel = await openDesk(product, 'pavel')
  const on = await fetch(`${product.url}/api/v1/assistant/doors/${door.account.id}`, {
    method: 'PUT',
    headers: { ...pavel.headers, 'content-type': 'application/json' },
    body: '{"on":true}',
  })
  if (!on.ok) throw new Error(`the assistant is not switched on: ${await on.text()}`)
  const [load, bare] = [startProgram('turn-load'), startProgram('echo-bare')]
  for (const program of [load, bare]) atEnd(() => program.end())
  const barePort = await bare.ask<number>('start', {
    databaseUrl: postgres.connectionString,
    connections: CONNECTIONS,
    watched: Array.from({ length: CHATS }, (_, chat) => FIRST_CHAT + chat),
  })
  let first = 0
  const turns = async (more: Partial<Turns> & Pick<Turns, 'port' | 'path'>) => {
    const given = {
      secret: door.secret,
      rate: RATE,
      seconds,
      warmup,
      chats: CHATS,
      first,
      frames: [],
      headers: {},
      lanes: {},
    }
    const result = await load.ask<TurnsResult>('run', { ...given, ...more })
    first += result.sent + CHATS - (result.sent % CHATS)
    return result
  }
  // Everybody comes in and is greeted once.
  await turns({ port: product.port, path: door.path, text: WORD, seconds: 4, warmup: 0 })
  await product.ask('drain')
  const irina = await openDesk(product, 'irina')
  const [ours, theirs, foreign]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round <= rounds; round++) {
    const { frames, lanes } = await watchChats(postgres)
    const our = await quiet.during(() =>
      turns({ port: product.port, path: door.path, text: WORD, frames, lanes, headers: irina.headers }),
    )
    await product.ask('drain')
    const their = await quiet.during(() => turns({ port: barePort, path: '/hook' }))
    if (our.answered === 0 || their.answered === 0) throw new Error('nobody was answered')
    say(
      `${round}/${rounds} whole turn: ${our.p50.toFixed(2)} (p99 ${our.p99.toFixed(1)}, ${our.answered}) against ${their.p50.toFixed(2)} ms`,
    )
    if (round === 0) continue
    ours.push(our.p50)
    theirs.push(their.p50)
    foreign.push(our.foreign, their.foreign)
  }
  const ratios = ours.map((one, n) => one / (theirs[n] ?? one))
  const { median, low, high } = summarize(ratios)
  report({
    name: 'assistant-turn.whole',
    value: summarize(ours).median,
    unit: 'ms',
    baseline: summarize(theirs).median,
    ratio: median,
    low,
    high,
    wanted: WANTED_RATIO,
    rate: RATE,
    foreign: summarize(foreign).median,
  })
}

/** The agent's screen watches the chats from where their lanes stand. */
async function watchChats({
  client,
}: Postgres): Promise<{ frames: string[]; lanes: Record<string, number> }> {
  const { rows } = await client.query<{ id: string; lane: string; seq: string; user: string }>(
    `select c.id, l.id as lane, l.last_seq as seq, a.external_id as user from timeline.conversation c join timeline.lane l on l.id = c.lane_id
      join subscribers.contact_alias a on a.contact_point_id = l.id where a.external_id = any($1)`,
    [Array.from({ length: CHATS }, (_, chat) => String(FIRST_CHAT + chat))],
  )
  if (rows.length !== CHATS) throw new Error(`${rows.length} conversations to watch`)
  return {
    frames: rows.map(({ id, lane, seq }) =>
      JSON.stringify({ type: 'watch', conversationId: id, laneSeqs: { [lane]: Number(seq) } }),
    ),
    lanes: Object.fromEntries(rows.map(({ lane, user }) => [lane, Number(user) - FIRST_CHAT])),
  }
}
