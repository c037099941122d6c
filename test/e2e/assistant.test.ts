import pg from 'pg'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { one, rows, sql } from '../../server/platform/database/index.ts'
import type { World } from '../../world/index.ts'
import { aStaffCaller, aVisitorCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aWorldWithSms, openSmsDoor } from '../factories/subscriber-caller.ts'
import { tablesWith } from '../factories/tables-with.ts'

const { assistant, chat, conversations, flows, lines, orders } = contracts
let world: World
let otklik: TestOtklik
let site: string
let anna: Caller
let irina: Caller
let pavel: Caller

beforeAll(async () => {
  world = await aWorldWithSms()
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await otklik.reconcileDoors()
  await seedOfferings(otklik)
  site = await otklik.openDoor({ kind: 'web-chat', name: 'Сайт', policy: 'full', settings: {}, secrets: {} })
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  irina = await aStaffCaller(otklik.url, otklik.logins.irina)
  pavel = await aStaffCaller(otklik.url, otklik.logins.pavel)
  await pavel.call(assistant.setAssistantDoor, { params: { id: site }, body: { on: true } })
  await otklik.understanding.drain()
}, 60_000)
afterAll(async () => {
  await otklik?.end()
  await world?.close()
})

/** Somebody in the site's chat: what they say, and what they are answered. */
async function aChat() {
  const visitor = await aVisitorCaller(otklik.url, site)
  let seen = 0
  const read = async () => (await visitor.call(chat.readChat, { query: { after: 0 } })).messages
  const say = async (text: string, choice?: string) => {
    await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text, ...(choice && { choice }) } })
  }
  /** The next answer after what was said. */
  const answer = () =>
    eventually(async () => {
      const answers = (await read()).filter(({ from }) => from === 'assistant')
      if (answers.length <= seen) return undefined
      return answers[seen++]
    })
  const ask = async (text: string) => {
    await say(text)
    return answer()
  }
  const press = async (message: { buttons: { title: string; payload: string }[] }, title: string) => {
    const button = message.buttons.find((one) => one.title === title)
    if (!button) throw new Error(`no button ${title}: ${message.buttons.map((one) => one.title).join(', ')}`)
    await say(title, button.payload)
    return answer()
  }
  return { visitor, read, say, ask, answer, press }
}

/** Shows who they are by the code that comes to the number. */
async function prove(dialog: Awaited<ReturnType<typeof aChat>>, msisdn: string) {
  const before = world.sms.sentTo(msisdn).length
  const asked = await dialog.ask(`+${msisdn}`)
  expect(asked?.text).toMatch(/код из 6 цифр/)
  const sent = await eventually(async () => world.sms.sentTo(msisdn)[before])
  return dialog.ask(/\d{6}/.exec(sent.text)![0])
}
let numbers = 200
const aNumber = () => `79000000${++numbers}`
/** The conversation that somebody's chat is filed under. */
async function conversationOf({ visitor }: Awaited<ReturnType<typeof aChat>>): Promise<string> {
  const { id } = await one(
    otklik.db,
    sql<{
      id: string
    }>`select l.conversation_id as id from web_chat.visitor v join timeline.lane l on l.id = v.contact_point_id
      where v.id = ${visitor.visitorId}`,
  )
  return id
}
/** Once it waits for people. */
const handedOver = (dialog: Awaited<ReturnType<typeof aChat>>) =>
  eventually(async () => {
    const id = await conversationOf(dialog)
    const { waitingSince, assignee } = await anna.call(conversations.getConversation, { params: { id } })
    return waitingSince !== null && assignee === null && (await notesOf(id)).length > 0 && id
  })
const notesOf = async (id: string) => {
  const { entries } = await anna.call(conversations.readTimeline, { params: { id }, query: { limit: 100 } })
  return entries.flatMap(({ body }) => (body?.type === 'note' ? [body.text] : []))
}

/** A transaction of somebody else that holds rows until it is let go. */
async function holding(query: string, params: unknown[]) {
  const client = new pg.Client(otklik.connectionString)
  await client.connect()
  await client.query('begin')
  await client.query(query, params)
  return async () => {
    await client.query('rollback')
    await client.end()
  }
}

describe('the assistant in the site’s chat', () => {
  test('answers whoever begins to talk with what it can do, and the way to a person among it', async () => {
    const dialog = await aChat()
    const hello = await dialog.ask('Здравствуйте')
    expect(hello?.buttons.map(({ title }) => title)).toEqual([
      'Остатки и баланс',
      'Деньги',
      'Подписки и услуги',
      'Интернет не работает',
      'Потеряна SIM-карта',
      'Позвать человека',
    ])
  })

  test('understands what is wanted in free words, slips and all; what it does not do it offers people for', async () => {
    const dialog = await aChat()
    expect((await dialog.ask('скока у меня осталось гигов'))?.text).toMatch(/^Это личные сведения/)
    const other = await aChat()
    const offer = await other.ask('хочу перейти к вам со своим номером')
    expect(offer?.text).toMatch(/^С этим у нас помогают люди/)
    expect((await other.press(offer!, 'Позвать'))?.text).toMatch(/^Зову человека/)
    const id = await handedOver(other)
    expect((await notesOf(id))[0]).toContain('«хочу перейти к вам со своим номером»')
  })

  test('tells balance and what is left to who proves the number, nothing before', async () => {
    const msisdn = aNumber()
    await anOperatorLine(otklik, { msisdn })
    const dialog = await aChat()
    const hello = await dialog.ask('Привет')
    const asked = await dialog.press(hello!, 'Остатки и баланс')
    expect(asked?.text).toMatch(/^Это личные сведения/)
    const told = await prove(dialog, msisdn)
    expect(told?.text).toMatch(/^На счёте .*₽\. (Осталось: .*|Пакетов на номере нет\.)/)
    expect(told?.buttons.map(({ title }) => title)).toEqual([
      'Куда ушли деньги',
      'Это всё',
      'Позвать человека',
    ])
    // The code is nowhere in what the dialog keeps, and not in the chat either.
    const words = (await dialog.read()).filter(({ from }) => from === 'visitor').map(({ text }) => text)
    expect(words.at(-1)).toBe('••••••')
    expect((await dialog.press(told!, 'Это всё'))?.text).toBe('Хорошо. Если что — пишите.')
  })

  test('stops a paid subscription that the person chooses, once they have confirmed it', async () => {
    const msisdn = aNumber()
    const lineId = await anOperatorLine(otklik, { msisdn })
    const dialog = await aChat()
    const hello = await dialog.ask('Привет')
    const services = await dialog.press(hello!, 'Подписки и услуги')
    await dialog.press(services!, 'Платные подписки')
    const list = await prove(dialog, msisdn)
    expect(list?.text).toMatch(/Гороскоп.*Кино|Кино.*Гороскоп/)
    const which = await dialog.press(list!, 'Отключить одну')
    const preview = await dialog.press(which!, 'Кино')
    expect(preview?.text).toMatch(/^«[^»]+»\. Отключу подписку\. .*Подтверждаете\?$/)
    expect((await irina.call(orders.listOrders, { params: { id: lineId } })).items).toEqual([])
    expect((await dialog.press(preview!, 'Да'))?.text).toBe('«Кино» отключена. Больше за неё не спишут.')
    const { items } = await irina.call(orders.listOrders, { params: { id: lineId } })
    expect(items).toMatchObject([
      { request: { kind: 'stop-content', code: 'cinema' }, by: { kind: 'assistant', through: 'chat' } },
    ])
  })

  test('gives a promised payment, with what it costs said before', async () => {
    const msisdn = aNumber()
    const lineId = await anOperatorLine(otklik, { msisdn })
    const dialog = await aChat()
    const hello = await dialog.ask('Привет')
    const money = await dialog.press(hello!, 'Деньги')
    expect((await dialog.press(money!, 'Обещанный платёж'))?.text).toBe('На сколько рублей? От 50 до 500.')
    expect((await dialog.ask('пять тысяч 5000'))?.text).toMatch(/от 50 до 500 рублей/)
    await dialog.ask('100')
    const after = await prove(dialog, msisdn)
    // This number is too young for it: the edge says so, and the dialog goes on from there.
    expect(after?.text).toMatch(/^(Дам обещанный платёж\..*Подтверждаете\?|Сейчас нельзя: .*)$/)
    const { items } = await irina.call(orders.listOrders, { params: { id: lineId } })
    expect(items).toEqual([])
  })

  test('blocks a lost SIM for who tells number and code word, and keeps the word nowhere', async () => {
    const msisdn = aNumber()
    const lineId = await anOperatorLine(otklik, { msisdn })
    const word = 'Ромашка-Полынь-7'
    await otklik.my.edge.setCodeWord(otklik.db, lineId, word)
    const dialog = await aChat()
    const hello = await dialog.ask('Привет')
    const how = await dialog.press(hello!, 'Потеряна SIM-карта')
    await dialog.press(how!, 'Кодовым словом')
    expect((await dialog.ask(msisdn))?.text).toMatch(/^Назовите кодовое слово/)
    expect((await dialog.ask(word))?.text).toContain('уже заблокирован')
    const state = async () => (await irina.call(lines.getLine, { params: { id: lineId } })).state
    expect(await eventually(async () => ((await state()) === 'blocked' ? 'blocked' : undefined))).toBe(
      'blocked',
    )
    await otklik.drain()
    expect(await tablesWith(otklik.db, word)).toEqual([])
  })

  test('calls a person at once, who finds what was wanted, tried and filled in; and keeps silent from then on', async () => {
    const dialog = await aChat()
    expect((await dialog.ask('дайте обещанный платёж'))?.text).toMatch(/^На сколько рублей/)
    expect((await dialog.ask('позовите оператора'))?.text).toMatch(/^Зову человека/)
    const id = await handedOver(dialog)
    const [note] = await notesOf(id)
    expect(note).toContain('попросил человека')
    expect(note).toContain('«дайте обещанный платёж»')
    expect(note).toContain('Сценарий: «Обещанный платёж»')
    expect(note).toContain('На сколько рублей?')
    await dialog.say('вы тут?')
    await otklik.drain()
    expect((await dialog.read()).at(-1)).toMatchObject({ from: 'visitor', text: 'вы тут?' })
  })

  test('takes a number that comes first for no choice of a menu that nobody has seen', async () => {
    const dialog = await aChat()
    expect((await dialog.ask('1'))?.text).toMatch(/^Я робот-помощник/)
    expect((await dialog.ask('2'))?.text).toBe('Что с деньгами?')
  })

  test('answers an emergency with 112 and calls a person urgently', async () => {
    const dialog = await aChat()
    expect((await dialog.ask('вызовите скорую, муж не дышит'))?.text).toContain('112')
    const id = await handedOver(dialog)
    expect((await notesOf(id))[0]).toContain('экстренная ситуация')
  })

  test('is silent once an agent has taken the conversation, and goes on when it is handed back', async () => {
    const dialog = await aChat()
    await dialog.ask('меню')
    const params = { id: await conversationOf(dialog) }
    await anna.call(conversations.claimConversation, { params })
    await dialog.say('Деньги')
    await otklik.drain()
    expect((await dialog.read()).at(-1)).toMatchObject({ from: 'visitor', text: 'Деньги' })
    await anna.call(assistant.handBackToAssistant, { params })
    expect((await dialog.answer())?.text).toMatch(/робот-помощник/)
    const after = await anna.call(conversations.getConversation, { params })
    expect(after).toMatchObject({ assignee: null, waitingSince: null })
    expect((await dialog.ask('Деньги'))?.text).toBe('Что с деньгами?')
  })

  test('that dies between an order and its answer goes on: the order is done once, and told once', async () => {
    const msisdn = aNumber()
    const lineId = await anOperatorLine(otklik, { msisdn })
    const dialog = await aChat()
    const hello = await dialog.ask('Привет')
    const services = await dialog.press(hello!, 'Подписки и услуги')
    await dialog.press(services!, 'Платные подписки')
    const list = await prove(dialog, msisdn)
    const preview = await dialog.press(list!, 'Отключить все')
    const { id: laneId } = await one(
      otklik.db,
      sql<{
        id: string
      }>`select contact_point_id as id from web_chat.visitor where id = ${dialog.visitor.visitorId}`,
    )
    const yes = preview!.buttons.find(({ title }) => title === 'Да')!
    // The order waits for its line; meanwhile somebody takes the lane, so that its result cannot be kept.
    const freeLine = await holding('select from lines.line where id = $1 for update', [lineId])
    await dialog.say('Да', yes.payload)
    const act = () =>
      one(
        otklik.db,
        sql<{
          kind: string
        }>`select coalesce(state->'act'->>'kind', '') as kind from assistant.dialog where lane_id = ${laneId} and state->>'phase' = 'act'`,
      )
    await eventually(async () => (await act()).kind === 'place')
    const freeLane = await holding('select from timeline.lane where id = $1 for no key update', [laneId])
    await freeLine()
    const placed = async () => (await irina.call(orders.listOrders, { params: { id: lineId } })).items
    await eventually(async () => (await placed()).length === 1)
    // Whoever waits for the lane with the result in hand dies.
    const dead = await eventually(async () => {
      const { count } = await one(
        otklik.db,
        sql<{ count: number }>`select count(pg_terminate_backend(pid))::int as count from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query ilike '%timeline.lane%' and pid <> pg_backend_pid()`,
      )
      return count > 0 && count
    })
    expect(dead).toBe(1)
    await freeLane()
    // Its lease ends, and another finds what was begun.
    await rows(
      otklik.db,
      sql`update assistant.waiting set lease_until = now() - interval '1 minute' where lane_id = ${laneId}`,
    )
    expect((await dialog.answer())?.text).toBe('Готово. Платных подписок больше нет.')
    await otklik.drain()
    expect(await placed()).toHaveLength(1)
    const told = (await dialog.read()).filter(({ text }) => text === 'Готово. Платных подписок больше нет.')
    expect(told).toHaveLength(1)
  })

  test('sends no code to a number that is not ours, and does not say so', async () => {
    const stranger = '79995550011'
    const dialog = await aChat()
    const hello = await dialog.ask('Привет')
    await dialog.press(hello!, 'Остатки и баланс')
    expect((await dialog.ask(`+${stranger}`))?.text).toMatch(/код из 6 цифр/)
    expect((await dialog.ask('123456'))?.text).toMatch(/Код не подошёл/)
    expect(world.sms.sentTo(stranger)).toEqual([])
  })

  test('that is led to a flow which is not published calls a person, and says so', async () => {
    const [key, unready] = ['thanks', 'unready']
    const { flow, version } = await pavel.call(flows.getFlow, { params: { key } })
    await pavel.call(flows.createFlow, { body: { key: unready, flow: { ...flow, intents: [] } } })
    const leads = { ...flow, nodes: { bye: { kind: 'go', flow: unready } } }
    const saved = await pavel.call(flows.saveFlowDraft, {
      params: { key },
      body: { basedOn: version, flow: leads },
    })
    await pavel.call(flows.publishFlow, { params: { key }, body: { basedOn: saved.version } })
    const dialog = await aChat()
    expect((await dialog.ask('спасибо'))?.text).toMatch(/^Зову человека/)
    expect(await handedOver(dialog)).not.toBeFalsy()
  })

  test('stands before nobody at a door where it was not switched on', async () => {
    const quiet = await otklik.openDoor({
      kind: 'web-chat',
      name: 'Тихий',
      policy: 'full',
      settings: {},
      secrets: {},
    })
    const visitor = await aVisitorCaller(otklik.url, quiet)
    await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: 'есть кто?' } })
    await otklik.drain()
    const { messages } = await visitor.call(chat.readChat, { query: { after: 0 } })
    expect(messages.map(({ from }) => from)).toEqual(['visitor'])
  })
})
