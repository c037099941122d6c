import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { type Desk, openDesk, post } from './desk.ts'
import { freePort } from './free-port.ts'
import { type Judgement, judgeStorm } from './judge-storm.ts'
import { killDatabase, withDatabase } from './kill-database.ts'
import { type MaxDoor, openStandIn } from './max-stand-in.ts'
import { type Product, type ProductOptions, startProduct } from './product.ts'
import { type Chat, textIn, textOut } from './storm-chat.ts'

export interface StormOptions {
  /** Where the installation's data go. */
  readonly folder: string
  readonly chats: number
  /** Messages of each chat, each way. */
  readonly inbound: number
  readonly outbound: number
  readonly kills: number
  /** Milliseconds that a killed installation serves before the next kill, at least and at most. */
  readonly calmMs: readonly [number, number]
  readonly say: (text: string) => void
  /** Is called at the end, last first. */
  readonly atEnd: (end: () => Promise<unknown>) => void
}

export interface StormResult extends Judgement {
  readonly kills: { readonly server: number; readonly database: number; readonly both: number }
  readonly seconds: number
}

/** Bots that share the chats: MAX takes 30 messages a second from one. */
const BOTS = 6
/** Messages that may be on their way at a time, 16 of each door: so many may be unknown after a kill. */
export const ABREAST = 16 * BOTS
/** Longer than a lost sender's lease: at the end the clock is set on, so that nobody waits for it. */
const AHEAD_MS = 120_000
const ANSWER_MS = 5_000

/**
 * A storm of messages both ways through a real installation whose server, database or both are killed (-9) at random
 * moments. Whoever sends behaves as providers and browsers do: the same message again until it is taken. Afterwards
 * every message is looked for: in the database, and at the provider.
 */
export async function runStorm(options: StormOptions): Promise<StormResult> {
  const { folder, say, atEnd } = options
  const from = performance.now()
  const standIn = await openStandIn({ slowMs: 30 })
  atEnd(() => standIn.close())
  const doors = Array.from({ length: BOTS }, (_, n) => standIn.door(n + 1))
  const settings: ProductOptions = {
    dataDir: path.join(folder, 'installation'),
    port: await freePort(),
    doors: doors.map((door) => door.account),
    trustedOrigin: standIn.url,
  }
  let product = await startProduct({ ...settings, staff: true })
  const own = product
  atEnd(async () => {
    if (!product.gone) await product.end()
  })
  const chats = await openChats(options, own, doors)
  const irina = await openDesk(own, 'irina')
  say(`${chats.length} chats are open`)

  let storming = true
  const traffic = Promise.all(
    chats.flatMap((chat) => [writeAsPerson(options, own.url, chat), answerAsAgent(options, irina, chat)]),
  ).finally(() => {
    storming = false
  })
  // A failure of the traffic ends the killing; it is thrown below.
  traffic.catch(() => undefined)

  const kills = { server: 0, database: 0, both: 0 }
  const kinds = ['server', 'database', 'both'] as const
  for (let n = 0; n < options.kills; n++) {
    const [least, most] = options.calmMs
    await pause(least + Math.random() * (most - least))
    if (!storming) throw new Error(`the storm was over after ${n} kills: make it longer`)
    const kind = kinds[n % kinds.length] ?? 'both'
    kills[kind]++
    if (kind !== 'server') await killDatabase(settings.dataDir)
    if (kind !== 'database') {
      await product.end('SIGKILL')
      product = await startProduct(settings)
    }
    say(`kill ${n + 1}/${options.kills}: ${kind}`)
  }
  await traffic
  say('the storm is over')
  await product.end()
  product = await startProduct({ ...settings, aheadMs: AHEAD_MS })
  await product.ask('drain')
  const judgement = await withDatabase(settings.dataDir, async (client) => {
    await untilSettled(client, product)
    return judgeStorm(client, standIn, chats, options)
  })
  return { ...judgement, kills, seconds: (performance.now() - from) / 1000 }
}

/** Each chat's first message, before the storm: afterwards agents know where to answer. */
async function openChats(options: StormOptions, product: Product, doors: MaxDoor[]): Promise<Chat[]> {
  const chats: Chat[] = Array.from({ length: options.chats }, (_, n) => ({
    userId: String(2_000_000 + n),
    door: doors[n % doors.length] ?? doors[0] ?? raise('no doors'),
    conversationId: '',
    laneId: '',
    outbound: [],
  }))
  await Promise.all(chats.map((chat) => deliver(product.url, chat, 0)))
  await product.ask('drain')
  await withDatabase(path.join(options.folder, 'installation'), async (client) => {
    const { rows } = await client.query<{ user: string; lane: string; conversation: string }>(
      `select a.external_id as user, l.id as lane, l.conversation_id as conversation
        from subscribers.contact_alias a join timeline.lane l on l.id = a.contact_point_id where l.conversation_id is not null`,
    )
    const known = new Map(rows.map((row) => [row.user, row]))
    for (const chat of chats) {
      const row = known.get(chat.userId) ?? raise(`chat ${chat.userId} was not filed`)
      chat.conversationId = row.conversation
      chat.laneId = row.lane
    }
  })
  return chats
}

async function writeAsPerson(options: StormOptions, url: string, chat: Chat): Promise<void> {
  const perKill = (options.calmMs[0] + options.calmMs[1]) / 2 + 2_500
  for (let n = 1; n <= options.inbound; n++) {
    await pause(((options.kills * perKill) / options.inbound) * 2 * Math.random())
    await deliver(url, chat, n)
  }
}

/** As MAX does: the same update again until it is answered 200, in order. */
async function deliver(url: string, chat: Chat, n: number): Promise<void> {
  const at = Date.now()
  const update = {
    update_type: 'message_created',
    timestamp: at,
    message: {
      sender: { user_id: Number(chat.userId), first_name: 'Анна', is_bot: false },
      recipient: { chat_id: Number(chat.userId), chat_type: 'dialog', user_id: 9_000_001 },
      timestamp: at,
      body: { mid: `mid.${chat.userId}.${n}`, seq: n, text: textIn(chat, n), attachments: null },
    },
  }
  const headers = { 'x-max-bot-api-secret': chat.door.secret }
  while ((await post(url + chat.door.path, headers, update, ANSWER_MS)) !== 200)
    await pause(50 + Math.random() * 200)
}

/** As the desk does: the message's id is made once, and the same request is repeated until it is taken. */
async function answerAsAgent(options: StormOptions, desk: Desk, chat: Chat): Promise<void> {
  const perKill = (options.calmMs[0] + options.calmMs[1]) / 2 + 2_500
  for (let n = 0; n < options.outbound; n++) {
    await pause(((options.kills * perKill) / options.outbound) * 2 * Math.random())
    const id = randomUUID()
    await desk.postUntilTaken(`/api/v1/conversations/${chat.conversationId}/messages`, {
      id,
      laneId: chat.laneId,
      text: textOut(chat, n),
      undoMs: 0,
    })
    chat.outbound.push(id)
  }
}

/** Until nothing is on its way any more: all filed, all sent or given up. */
async function untilSettled(client: pg.Client, product: Product): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const { rows } = await client.query<{ n: number }>(
      `select (select count(*) from timeline.outbound where state in ('held', 'queued', 'sending'))::int
        + (select count(*) from timeline.arrival)::int as n`,
    )
    if (rows[0]?.n === 0) return
    await product.ask('drain')
    await pause(100)
  }
  throw new Error('messages are still on their way a minute after the storm')
}

function raise(message: string): never {
  throw new Error(message)
}
