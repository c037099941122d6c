import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillLines } from '../../bench/harness/fill-lines.ts'
import { type Product, type ProductOptions, startProduct } from '../../bench/harness/index.ts'
import { connectionStringOf, withDatabase } from '../../bench/harness/kill-database.ts'
import { contracts } from '../../contracts/index.ts'
import type { World } from '../../world/index.ts'
import { aStaffCaller, aVisitorCaller, type Caller, Refused } from '../factories/caller.ts'
import { freePort } from '../factories/otklik.ts'
import { aWorldWithSms } from '../factories/subscriber-caller.ts'

const { assistant, chat } = contracts
const PEOPLE = 6
const KILLS = 4
/** Longer than the lease of a turn: each next life is so much ahead, so that nobody waits for one that a dead process holds. */
const AHEAD_MS = 70_000
const ends: (() => Promise<unknown>)[] = []
let folder: string
let world: World

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'otklik-dialogs-'))
  // PostgreSQL may have to run as somebody else.
  await chmod(folder, 0o711)
  world = await aWorldWithSms()
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
  await world?.close()
  await rm(folder, { recursive: true, force: true })
})

/** The same call until it is answered, as browsers do while the server is away. */
async function insist<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call()
    } catch (error) {
      if (error instanceof Refused && error.status < 500) throw error
      await pause(100)
    }
  }
}

/** Somebody who has all their paid subscriptions stopped, whatever it takes. Gives all that they were told. */
async function stopEverything(visitor: Caller, msisdn: string): Promise<string[]> {
  const send = async (text: string, choice?: string) => {
    const id = uuid()
    await insist(() => visitor.call(chat.sendChatMessage, { body: { id, text, ...(choice && { choice }) } }))
  }
  await send('какие у меня платные подписки')
  const until = Date.now() + 180_000
  for (let answered = 0; Date.now() < until; ) {
    const { messages } = await insist(() => visitor.call(chat.readChat, { query: { after: 0 } }))
    const told = messages.filter(({ from }) => from === 'assistant')
    const last = told[answered]
    if (!last) {
      await pause(50)
      continue
    }
    answered++
    const { text = '', buttons } = last
    if (/^Готово/.test(text ?? '')) return told.map((one) => one.text ?? '')
    // A code that a dead process held is asked for again; the last that came is the right one.
    const code = () => /\d{6}/.exec(world.sms.sentTo(msisdn).at(-1)?.text ?? '')?.[0] ?? '000000'
    const button = (title: string) => buttons.find((one) => one.title === title)?.payload
    if (/личные сведения|номер целиком/.test(text ?? '')) await send(`+${msisdn}`)
    else if (/из 6 цифр|не подошёл/.test(text ?? '')) {
      await pause(1_500)
      await send(code())
    } else if (/Подтверждаете/.test(text ?? '')) await send('Да', button('Да'))
    else if (button('Отключить')) await send('Отключить', button('Отключить'))
    else throw new Error(`unexpected: ${text}`)
  }
  throw new Error('the dialog got stuck')
}

test('a server that is killed in the middle of dialogs goes on with each; every order is done once and told once', {
  timeout: 300_000,
}, async () => {
  const doorId = uuid()
  const settings: ProductOptions = {
    dataDir: path.join(folder, 'installation'),
    port: await freePort(),
    trustedOrigin: world.url,
    doors: [
      { id: doorId, kind: 'web-chat', name: 'Сайт', policy: 'full', settings: {}, secrets: {} },
      {
        id: uuid(),
        kind: 'sms',
        name: 'SMS',
        policy: 'full',
        settings: { apiBase: `${world.url}/sms`, sender: '0611' },
        secrets: { token: 'sms-token', webhookSecret: 'a-webhook-secret-of-the-test' },
      },
    ],
  }
  let product: Product = await startProduct({ ...settings, staff: true })
  ends.push(async () => {
    if (!product.gone) await product.end()
  })
  await withDatabase(settings.dataDir, async (client) => {
    await fillLines(client, await connectionStringOf(settings.dataDir), {
      lines: 200,
      daily: 1,
      now: new Date(),
    })
  })
  const pavel = product.logins.find(({ email }) => email.startsWith('pavel'))!
  const caller = await aStaffCaller(product.url, pavel)
  await caller.call(assistant.setAssistantDoor, { params: { id: doorId }, body: { on: true } })
  await product.ask('drain')

  const visitors = await Promise.all(
    Array.from({ length: PEOPLE }, () => aVisitorCaller(product.url, doorId)),
  )
  const dialogs = Promise.all(
    visitors.map(async (visitor, n) => {
      await pause(n * 1_200)
      return stopEverything(visitor, String(79_000_000_000 + n))
    }),
  )
  dialogs.catch(() => undefined)
  for (let kill = 1; kill <= KILLS; kill++) {
    await pause(1_500 + Math.random() * 2_000)
    await product.end('SIGKILL')
    product = await startProduct({ ...settings, aheadMs: kill * AHEAD_MS })
  }
  for (const told of await dialogs) {
    expect(told.filter((text) => text.startsWith('Готово'))).toEqual(['Готово. Платных подписок больше нет.'])
  }
  const client = new pg.Client(await connectionStringOf(settings.dataDir))
  await client.connect()
  const { rows } = await client.query<{ placed: number; lines: number }>(
    `select count(*)::int as placed, count(distinct line_id)::int as lines from orders.line_order where kind = 'stop-all-content'`,
  )
  await client.end()
  expect(rows).toEqual([{ placed: PEOPLE, lines: PEOPLE }])
})
