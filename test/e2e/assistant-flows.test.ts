import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { findInForce, seedCatalogue } from '../../server/operator/catalogue/index.ts'
import { addParty, connectOffering, openLines, reportUsage } from '../../server/operator/lines/index.ts'
import { inTransaction, one, rows, sql } from '../../server/platform/database/index.ts'
import { startWorld, type World } from '../../world/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { aContent, anOption, aTariff } from '../factories/offerings.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { openSmsDoor } from '../factories/subscriber-caller.ts'
import { aMaxTalk, aSiteTalk, proveNumber, type Talk } from '../factories/talk.ts'

const { assistant, conversations, lines, orders } = contracts
const DAY_MS = 86_400_000
let world: World
let otklik: TestOtklik
let irina: Caller
let site: string

beforeAll(async () => {
  world = await startWorld({ timeScale: 0.001, max: { token: 'max-token' }, sms: { token: 'sms-token' } })
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  const named = (ru: string) => ({ title: { ru, en: ru } })
  const offerings = [
    aTariff(named('Бриз')),
    aTariff({ ...named('Штиль'), code: 'calm', feeKopecks: 30_000 }),
    anOption(named('Ещё 5 ГБ')),
    anOption({ ...named('По миру'), code: 'abroad', category: 'roaming', countries: ['TR'], days: 30 }),
    anOption({ ...named('Ночной запас'), code: 'night', requires: ['an-option'] }),
    aContent(named('Гороскоп')),
    aContent({ ...named('Кино'), code: 'cinema' }),
  ]
  await seedCatalogue(otklik.db, otklik.clock, offerings, 'Волна')
  site = await otklik.openDoor({ kind: 'web-chat', name: 'Сайт', policy: 'full', settings: {}, secrets: {} })
  const max = await otklik.openDoor({
    kind: 'max',
    name: 'MAX',
    policy: 'full',
    settings: { apiBase: `${world.url}/max` },
    secrets: { token: 'max-token', webhookSecret: 'a-webhook-secret-of-the-test' },
  })
  await otklik.reconcileDoors()
  irina = await aStaffCaller(otklik.url, otklik.logins.irina)
  const pavel = await aStaffCaller(otklik.url, otklik.logins.pavel)
  for (const id of [site, max])
    await pavel.call(assistant.setAssistantDoor, { params: { id }, body: { on: true } })
  await otklik.understanding.drain()
}, 60_000)
afterAll(async () => {
  await otklik?.end()
  await world?.close()
})

let numbers = 500
/** A line that has been somebody's for some time, with money and two paid subscriptions. */
async function anOldLine({ days = 40, kopecks = 500_000, content = ['a-content', 'cinema'] } = {}) {
  const msisdn = `79000000${++numbers}`
  const past = new Date(otklik.clock.now().getTime() - days * DAY_MS)
  const then = { ...otklik.lines, clock: { now: () => past } }
  const id = await inTransaction(otklik.db, async (tx) => {
    const tariff = await findInForce(tx, 'a-tariff')
    const partyId = await addParty(tx, then, { kind: 'person', name: 'Анна Ветрова' })
    const [lineId = ''] = await openLines(tx, then, [
      {
        partyId,
        msisdn,
        region: 'Москва',
        timeZone: 'Europe/Moscow',
        tariffId: tariff?.id ?? '',
        opening: { kopecks, from: 'payments:opening' },
      },
    ])
    return lineId
  })
  for (const code of content)
    await inTransaction(otklik.db, (tx) =>
      connectOffering(tx, otklik.lines, {
        lineId: id,
        ref: code,
        code,
        consent: { through: 'api', words: 'Да' },
      }),
    )
  return { id, msisdn }
}
const ordersOf = async (id: string) =>
  (await irina.call(orders.listOrders, { params: { id } })).items.map(({ request, by, state }) => ({
    ...request,
    by: by.kind,
    state,
  }))
/** What people find who go on: the note. */
const noteOf = (talk: Talk) =>
  eventually(async () => {
    const laneId = await talk.laneId()
    const [found] = await rows(
      otklik.db,
      sql<{ text: string }>`select b.body->>'text' as text from timeline.entry_body b
        where lane_id = ${laneId} and b.body->>'type' = 'note' order by seq desc limit 1`,
    )
    return found?.text
  })
const dialogOf = async (talk: Talk) => {
  const laneId = await talk.laneId()
  return one(
    otklik.db,
    sql<{ status: string }>`select status from assistant.dialog where lane_id = ${laneId}`,
  )
}

const DOORS: [string, () => Promise<Talk>][] = [
  ['the site’s chat', () => aSiteTalk(otklik, site)],
  ['MAX', () => aMaxTalk(otklik, world)],
]

describe.each(DOORS)('through %s', (_, aTalk) => {
  test('what is left: balance and packages, and where the money went', async () => {
    const { msisdn } = await anOldLine()
    const talk = await aTalk()
    await talk.ask('сколько осталось гигов')
    const left = await proveNumber(talk, world, msisdn)
    expect(left.text).toMatch(/^На счёте [\d\s,]+₽\. Осталось: [\d,]+ ГБ, \d+ мин\./)
    const money = await talk.press('Куда ушли деньги')
    expect(money.text).toMatch(/^За этот месяц списано [\d\s,]+₽\. Из них: .*\nПоследнее: /)
    expect((await talk.press('Понятно')).text).toBe('Хорошо. Если что — пишите.')
  })

  test('where the money went: what is wrong goes to people with its charges', async () => {
    const { msisdn } = await anOldLine()
    const talk = await aTalk()
    await talk.ask('куда делись мои деньги')
    expect((await proveNumber(talk, world, msisdn)).text).toMatch(/^За этот месяц списано/)
    expect((await talk.press('Списали неверно')).text).toMatch(/^Разберёмся\. Зову человека/)
    expect(await noteOf(talk)).toMatch(/«куда делись мои деньги».*посмотреть списания — сделано/s)
  })

  test('paid subscriptions: seen, stopped, banned', async () => {
    const { id, msisdn } = await anOldLine()
    const talk = await aTalk()
    await talk.ask('какие у меня платные подписки')
    expect((await proveNumber(talk, world, msisdn)).text).toMatch(
      /^Подписки: .*Гороскоп.*Кино|^Подписки: .*Кино.*Гороскоп/,
    )
    await talk.press('Отключить одну')
    expect((await talk.ask('кино отключите, пожалуйста')).text).toMatch(/Подтверждаете\?$/)
    expect((await talk.press('Да')).text).toMatch(/^«Кино» отключена/)
    await talk.ask('платные подписки')
    expect((await talk.press('Отключить и запретить новые')).text).toMatch(/Подтверждаете\?$/)
    expect((await talk.press('Да')).text).toMatch(/^Готово\. Никто больше/)
    expect(await ordersOf(id)).toMatchObject([
      { kind: 'ban-content', by: 'assistant' },
      { kind: 'stop-content', code: 'cinema', by: 'assistant' },
    ])
  })

  test('options: one is switched on and off again', async () => {
    const { id, msisdn } = await anOldLine()
    const talk = await aTalk()
    await talk.ask('подключить дополнительную услугу')
    expect((await proveNumber(talk, world, msisdn)).text).toBe('Тариф «Бриз». Опции: нет.')
    await talk.press('Подключить')
    expect((await talk.press('Ещё 5 ГБ')).text).toMatch(/^«Ещё 5 ГБ»\. Подключу\. Сейчас спишется 100.₽/)
    expect((await talk.press('Да')).text).toBe('«Ещё 5 ГБ» подключена.')
    await talk.ask('отключи опцию')
    await talk.press('Отключить')
    await talk.press('Ещё 5 ГБ')
    expect((await talk.press('Да')).text).toBe('«Ещё 5 ГБ» отключена.')
    expect(await ordersOf(id)).toMatchObject([
      { kind: 'disconnect-option', code: 'an-option' },
      { kind: 'connect-option', code: 'an-option', state: 'done' },
    ])
  })

  test('options: what goes off with one is told before it is confirmed', async () => {
    const { msisdn } = await anOldLine({ content: ['an-option', 'night'] })
    const talk = await aTalk()
    await talk.ask('отключи опцию')
    await proveNumber(talk, world, msisdn)
    await talk.press('Отключить')
    expect((await talk.press('Ещё 5 ГБ')).text).toContain('Вместе с этим отключится «Ночной запас».')
  })

  test('the tariff: compared by own use, changed from the next period', async () => {
    const { id, msisdn } = await anOldLine()
    const talk = await aTalk()
    await talk.ask('хочу сменить тариф')
    const offer = await proveNumber(talk, world, msisdn)
    expect(offer.text).toMatch(/^Сейчас у вас «Бриз».*Штиль — [\d\s,]+₽/s)
    expect((await talk.press('Штиль')).text).toMatch(/^«Штиль»\. Сменю тариф\..*Подтверждаете\?$/)
    expect((await talk.press('Да')).text).toBe('Готово: «Штиль» начнётся со следующего периода.')
    expect(await ordersOf(id)).toMatchObject([{ kind: 'change-tariff', code: 'calm', by: 'assistant' }])
  })

  test('a promised payment: asked for, priced, given once', async () => {
    const { id, msisdn } = await anOldLine({ days: 100, content: [] })
    const talk = await aTalk()
    // The sum was told: it is not asked for.
    expect((await talk.ask('дайте обещанный платёж на 100 рублей')).text).toMatch(/^Это личные сведения/)
    const before = (await irina.call(lines.getLine, { params: { id } })).balanceKopecks
    expect((await proveNumber(talk, world, msisdn)).text).toMatch(
      /^Дам обещанный платёж\. .*Подтверждаете\?$/,
    )
    expect((await talk.press('Да')).text).toMatch(/^Готово, 100.₽ уже на счёте\.$/)
    expect(await ordersOf(id)).toMatchObject([
      { kind: 'promised-payment', amountKopecks: 10_000, by: 'assistant' },
    ])
    expect((await irina.call(lines.getLine, { params: { id } })).balanceKopecks).toBeGreaterThan(before)
  })

  test('topping up and the Market: where it is done is said at once', async () => {
    const talk = await aTalk()
    expect((await talk.ask('как пополнить счёт')).text).toMatch(/картой или через СБП.*https?:\/\//s)
    expect((await talk.ask('хочу продать гигабайты на маркете')).text).toMatch(/Маркете.*https?:\/\//s)
    expect(await dialogOf(talk)).toEqual({ status: 'over' })
  })

  test('the internet does not work: checked, and settings sent', async () => {
    const { id, msisdn } = await anOldLine()
    const talk = await aTalk()
    await talk.ask('не работает интернет')
    expect((await proveNumber(talk, world, msisdn)).text).toMatch(/^Счёт и номер проверены.*Заработало\?$/s)
    expect((await talk.press('Нет')).text).toMatch(/^Пришлю настройки по SMS\..*Подтверждаете\?$/)
    expect((await talk.press('Да')).text).toMatch(/^Отправил настройки по SMS/)
    expect((await talk.press('Да')).text).toBe('Отлично!')
    expect(await ordersOf(id)).toMatchObject([
      { kind: 'send-settings', topic: 'internet', by: 'assistant', state: 'done' },
    ])
  })

  test('the internet does not work because the money is gone: what helps is offered', async () => {
    const { msisdn } = await anOldLine({ kopecks: 60_000, content: [] })
    const talk = await aTalk()
    await talk.ask('не работает интернет')
    expect((await proveNumber(talk, world, msisdn)).text).toMatch(/^Интернет остановлен: на счёте/)
    expect((await talk.press('Пополнить')).text).toMatch(/картой или через СБП/)
  })

  test('the internet does not work because it is used up: what helps is offered', async () => {
    const { msisdn } = await anOldLine()
    const at = otklik.clock.now().toISOString()
    const records = [{ name: `all-${msisdn}`, msisdn, type: 'data', amount: 1024 ** 4, at, other: null }]
    expect(await reportUsage(otklik.db, otklik.lines, records)).toMatchObject({ accepted: 1 })
    const talk = await aTalk()
    await talk.ask('не работает интернет')
    expect((await proveNumber(talk, world, msisdn)).text).toMatch(/^Интернет в пакетах закончился/)
    expect((await talk.press('Дело не в этом')).text).toMatch(/Заработало\?$/)
  })

  test('roaming: a pack of the line’s own tariff is switched on', async () => {
    const { id, msisdn } = await anOldLine()
    const talk = await aTalk()
    await talk.ask('еду за границу, что с роумингом')
    expect((await proveNumber(talk, world, msisdn)).text).toMatch(/^Для поездок есть пакеты/)
    expect((await talk.press('По миру')).text).toMatch(/Подтверждаете\?$/)
    expect((await talk.press('Да')).text).toMatch(/^«По миру» подключён/)
    expect(await ordersOf(id)).toMatchObject([{ kind: 'connect-option', code: 'abroad', state: 'done' }])
  })

  test('a lost SIM whose code still arrives: blocked', async () => {
    const { id, msisdn } = await anOldLine()
    const talk = await aTalk()
    await talk.ask('потерял симку')
    await talk.press('SIM-карта у меня, пришлите код')
    expect((await proveNumber(talk, world, msisdn)).text).toMatch(/^Заблокирую номер\..*Подтверждаете\?$/)
    await talk.press('Да')
    await eventually(async () => (await talk.told()).some((text) => text.startsWith('Номер заблокирован')))
    expect((await irina.call(lines.getLine, { params: { id } })).state).toBe('blocked')
    // The door is proved by now, and has its answer: what all their others hear is not said here again.
    await otklik.drain()
    expect((await talk.told()).filter((text) => text.startsWith('Ваш номер заблокирован'))).toEqual([])
  })

  test('a complaint reaches people word for word', async () => {
    const talk = await aTalk()
    expect((await talk.ask('хочу пожаловаться на вашу работу')).text).toMatch(/^Расскажите, что случилось/)
    expect((await talk.ask('Вчера в салоне мне нахамили.')).text).toMatch(/^Спасибо\. Передал человеку/)
    expect(await noteOf(talk)).toContain('Вчера в салоне мне нахамили.')
  })

  test('a call-back is a task with its day', async () => {
    const talk = await aTalk()
    expect((await talk.ask('перезвоните мне')).text).toBe('На какой номер перезвонить?')
    expect((await talk.ask('8 900 000-09-09')).text).toMatch(/^В какой день/)
    expect((await talk.ask('завтра')).text).toMatch(
      /^Записал: перезвоним \d+ [а-я]+ \d{4} года на \+7\s900\s000-09-09\./,
    )
    expect(await noteOf(talk)).toMatch(
      /^Передано помощником: обещан звонок\.(?:.|\n)*Перезвонить: \d+ [а-я]+ \d{4} года, \+7\s900\s000-09-09\.$/,
    )
    expect(await dialogOf(talk)).toEqual({ status: 'people' })
    const laneId = await talk.laneId()
    const find = async () => {
      const { items } = await irina.call(conversations.listConversations, {
        query: { view: 'all', state: 'snoozed', limit: 100 },
      })
      const found = await Promise.all(
        items.map(({ id }) => irina.call(conversations.getConversation, { params: { id } })),
      )
      return found.find(({ replyLaneId }) => replyLaneId === laneId)
    }
    const promised = await eventually(find)
    expect(promised.callBack).toMatchObject({ timeZone: 'Europe/Moscow', msisdn: '79000000909' })
    expect(promised.callBack?.at).toMatch(/T06:00:00\.000Z$/)
    expect(promised.snoozedUntil).toBe(promised.callBack?.at)
    const params = { id: promised.id }
    // Whoever writes on is told that it is not forgotten, and finds the assistant's menu; the call stays where people look for it.
    const more = await talk.ask('когда перезвоните?')
    expect(more.text).not.toMatch(/На какой номер/)
    expect(more.text).toMatch(/^Помню: \d+ [а-я]+ \d{4} года вам перезвонит человек/)
    expect(more.titles).toContain('Позвать человека')
    const kept = () => irina.call(conversations.getConversation, { params })
    expect(await kept()).toMatchObject({ state: 'snoozed', snoozedUntil: promised.callBack?.at })
    expect((await talk.ask('как пополнить счёт')).text).toMatch(/^Пополнить можно картой или через СБП/)
    expect(await kept()).toMatchObject({ state: 'snoozed', callBack: { msisdn: '79000000909' } })
    expect((await talk.ask('позовите человека')).text).toMatch(/^Зову человека/)
    expect(await kept()).toMatchObject({ state: 'open', callBack: { msisdn: '79000000909' } })
    const told = (await talk.told()).length
    await talk.say('алло')
    await otklik.drain()
    expect(await talk.told()).toHaveLength(told)
    // Pressed twice it is done once, and what was put aside until then is back.
    for (let press = 0; press < 2; press++) {
      const done = await irina.call(conversations.finishCallBack, { params })
      expect(done).toMatchObject({ callBack: null, state: 'open', snoozedUntil: null, waitingSince: null })
    }
    const { entries } = await irina.call(conversations.readTimeline, { params })
    const marks = entries.flatMap(({ body }) => (body?.type === 'mark' ? [body.mark] : []))
    expect(marks.filter((mark) => mark === 'called-back')).toHaveLength(1)
    const note = entries.find(({ kind }) => kind === 'note')
    expect(note?.body).toMatchObject({
      words: {
        en: expect.stringMatching(
          /^Handed over by the assistant: a call is promised\.(?:.|\n)*Call back: \d+ [A-Z][a-z]+ \d{4}, \+7/,
        ),
      },
    })
  })

  test('what it does not do is offered people for; thanks are answered', async () => {
    const talk = await aTalk()
    expect((await talk.ask('спасибо')).text).toMatch(/^Пожалуйста/)
    expect((await talk.ask('хочу перейти к вам со своим номером')).text).toMatch(
      /^С этим у нас помогают люди/,
    )
    expect((await talk.press('Позвать')).text).toMatch(/^Зову человека/)
    expect(await dialogOf(talk)).toEqual({ status: 'people' })
  })

  test('a person, at once, wherever the dialog is; an emergency before everything', async () => {
    const talk = await aTalk()
    await talk.ask('сколько у меня денег')
    expect((await talk.ask('позовите человека')).text).toMatch(/^Зову человека/)
    expect(await noteOf(talk)).toContain('попросил человека')
    const other = await aTalk()
    await other.ask('дайте обещанный платёж')
    expect((await other.ask('вызовите скорую, человек не дышит')).text).toContain('112')
    expect(await noteOf(other)).toContain('экстренная ситуация')
  })
})
