import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { startWorld, type World } from '../../world/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { openSmsDoor } from '../factories/subscriber-caller.ts'
import { tablesWith } from '../factories/tables-with.ts'

const { assistant, lines, orders } = contracts
let world: World
let otklik: TestOtklik
let irina: Caller

beforeAll(async () => {
  world = await startWorld({ timeScale: 0.001, max: { token: 'max-token' }, sms: { token: 'sms-token' } })
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await seedOfferings(otklik)
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
  await pavel.call(assistant.setAssistantDoor, { params: { id: max }, body: { on: true } })
  await otklik.understanding.drain()
}, 60_000)
afterAll(async () => {
  await otklik?.end()
  await world?.close()
})

/** Somebody writes to the bot, and is answered. */
function aChat(key: string) {
  let seen = 0
  const answers = () => world.view('max', key).messages.filter(({ from }) => from === 'operator')
  const answer = () =>
    eventually(async () => {
      const all = answers()
      return all.length > seen ? all[seen++] : undefined
    })
  const ask = async (text: string) => {
    await world.act('max', key, { act: 'text', text })
    return answer()
  }
  const press = async (title: string) => {
    const last = answers().at(-1)!
    const row = last.buttons.findIndex((one) => one.some(({ text }) => text === title))
    if (row < 0) throw new Error(`no button ${title} in ${JSON.stringify(last.buttons)}`)
    await world.act('max', key, { act: 'press', messageId: last.id, row, column: 0 })
    return answer()
  }
  return { ask, press, answer, answers }
}

describe('the assistant in MAX', () => {
  test('tells what is left to whose number MAX vouches for; for subscriptions it wants a code', async () => {
    const { msisdn } = world.people.byKey('anna')!
    const lineId = await anOperatorLine(otklik, { msisdn })
    const chat = aChat('anna')
    await world.act('max', 'anna', { act: 'contact' })
    expect((await chat.answer())?.text).toMatch(/робот-помощник/)
    expect((await chat.press('Остатки и баланс'))?.text).toMatch(/^На счёте/)
    await chat.press('Это всё')
    await chat.ask('меню')
    await chat.press('Подписки и услуги')
    expect((await chat.press('Платные подписки'))?.text).toMatch(/^Это личные сведения/)
    const before = world.sms.sentTo(msisdn).length
    await chat.ask(msisdn)
    const sent = await eventually(async () => world.sms.sentTo(msisdn)[before])
    expect((await chat.ask(/\d{6}/.exec(sent.text)![0]))?.text).toMatch(/^Подписки: /)
    expect((await chat.press('Запретить все'))?.text).toMatch(/Подтверждаете\?$/)
    expect((await chat.press('Да'))?.text).toMatch(/^Готово\. Никто больше не подключит/)
    const { items } = await irina.call(orders.listOrders, { params: { id: lineId } })
    expect(items).toMatchObject([{ request: { kind: 'ban-content' }, by: { kind: 'assistant' } }])
  })

  test('keeps a code word nowhere, not in what MAX sent either', async () => {
    const msisdn = '79000000301'
    const lineId = await anOperatorLine(otklik, { msisdn })
    const word = 'Сирень-Малина-42'
    await otklik.my.edge.setCodeWord(otklik.db, lineId, word)
    const chat = aChat('pyotr')
    await chat.ask('Здравствуйте')
    await chat.press('Потеряна SIM-карта')
    await chat.press('Кодовым словом')
    await chat.ask(msisdn)
    expect((await chat.ask(word))?.text).toContain('уже заблокирован')
    const blocked = async () =>
      (await irina.call(lines.getLine, { params: { id: lineId } })).state === 'blocked'
    await eventually(blocked)
    await otklik.drain()
    expect(await tablesWith(otklik.db, word)).toEqual([])
  })
})
