import { v7 as uuid } from 'uuid'
import { chat } from '../../contracts/chat.ts'
import type { Locale } from '../../contracts/primitives.ts'
import { one, sql } from '../../server/platform/database/index.ts'
import type { World } from '../../world/index.ts'
import { aVisitorCaller } from './caller.ts'
import { eventually } from './eventually.ts'
import type { TestOtklik } from './otklik.ts'

/** What somebody is answered: words, and what they may press. */
export interface Answer {
  readonly text: string
  readonly titles: readonly string[]
}

/** Somebody at a door of the operator's, as they experience it. */
export interface Talk {
  /** Says something and waits for the next answer. */
  ask(text: string): Promise<Answer>
  /** Presses a button of the last answer and waits for the next one. */
  press(title: string): Promise<Answer>
  /** Says something, and waits for nothing. */
  say(text: string): Promise<void>
  /** All that they were told. */
  told(): Promise<readonly string[]>
  /** Where they are, as the house knows it. */
  laneId(): Promise<string>
}

/** Somebody in the chat of a site, whose browser may have told its language. */
export async function aSiteTalk(otklik: TestOtklik, doorId: string, locale?: Locale): Promise<Talk> {
  const visitor = await aVisitorCaller(otklik.url, doorId, locale)
  let seen = 0
  const answers = async () => {
    const { messages } = await visitor.call(chat.readChat, { query: { after: 0 } })
    return messages.filter(({ from }) => from === 'assistant')
  }
  const send = async (text: string, choice?: string) => {
    await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text, ...(choice && { choice }) } })
  }
  const next = async (): Promise<Answer> => {
    const { text, buttons } = await eventually(async () => (await answers())[seen])
    seen++
    return { text: text ?? '', titles: buttons.map(({ title }) => title) }
  }
  return {
    say: send,
    ask: async (text) => {
      await send(text)
      return next()
    },
    press: async (title) => {
      const last = (await answers())[seen - 1]
      const button = last?.buttons.find((one) => one.title === title)
      if (!button) throw new Error(`no button ${title} under ${last?.text}`)
      await send(title, button.payload)
      return next()
    },
    told: async () => (await answers()).map(({ text }) => text ?? ''),
    laneId: async () => {
      const { id } = await one(
        otklik.db,
        sql<{
          id: string
        }>`select contact_point_id as id from web_chat.visitor where id = ${visitor.visitorId}`,
      )
      return id
    },
  }
}

let people = 0

/** Somebody who writes to the bot in MAX. */
export async function aMaxTalk(otklik: TestOtklik, world: World): Promise<Talk> {
  const userId = 81_000 + ++people
  const key = `talker-${people}`
  world.people.add({
    key,
    userId,
    firstName: 'Мария',
    lastName: 'Громова',
    email: `${key}@mail.example`,
    locale: 'ru',
    msisdn: `7900001${String(people).padStart(4, '0')}`,
  })
  let seen = 0
  const answers = () => world.view('max', key).messages.filter(({ from }) => from === 'operator')
  const next = async (): Promise<Answer> => {
    const { text, buttons } = await eventually(async () => answers()[seen])
    seen++
    return { text, titles: buttons.flat().map((button) => button.text) }
  }
  return {
    say: async (text) => {
      await world.act('max', key, { act: 'text', text })
    },
    ask: async (text) => {
      await world.act('max', key, { act: 'text', text })
      return next()
    },
    press: async (title) => {
      const last = answers()[seen - 1]
      const row = last?.buttons.findIndex((one) => one.some(({ text }) => text === title)) ?? -1
      const column = last?.buttons[row]?.findIndex(({ text }) => text === title) ?? -1
      if (!last || row < 0) throw new Error(`no button ${title} under ${last?.text}`)
      await world.act('max', key, { act: 'press', messageId: last.id, row, column })
      return next()
    },
    told: async () => answers().map(({ text }) => text),
    laneId: () => laneOfAddress(otklik, String(userId)),
  }
}

/** Somebody who writes mails to the house's mailbox; whatever they say stands in the subject too. */
export async function aMailTalk(otklik: TestOtklik, world: World): Promise<Talk> {
  const number = ++people
  const key = `writer-${number}`
  const email = `${key}@mail.example`
  const msisdn = `7900001${String(number).padStart(4, '0')}`
  world.people.add({
    key,
    userId: 81_000 + number,
    firstName: 'Вера',
    lastName: 'Ланская',
    email,
    locale: 'ru',
    msisdn,
  })
  let seen = 0
  const answers = () => world.view('mail', key).messages.filter(({ from }) => from === 'operator')
  const say = async (text: string) => {
    await world.act('mail', key, { act: 'mail', subject: text.slice(0, 400), text })
  }
  const ask = async (text: string): Promise<Answer> => {
    await say(text)
    const { text: told } = await eventually(async () => answers()[seen])
    seen++
    return { text: told, titles: [] }
  }
  return {
    say,
    ask,
    press: ask,
    told: async () => answers().map(({ text }) => text),
    laneId: () => laneOfAddress(otklik, email),
  }
}

/** Shows who they are by the code that comes to the number; gives what they are answered then. */
export async function proveNumber(talk: Talk, world: World, msisdn: string): Promise<Answer> {
  const before = world.sms.sentTo(msisdn).length
  const asked = await talk.ask(`+${msisdn}`)
  if (!/код из 6 цифр|code of 6 digits/.test(asked.text)) throw new Error(`no code is asked: ${asked.text}`)
  const sent = await eventually(async () => world.sms.sentTo(msisdn)[before])
  return talk.ask(/\d{6}/.exec(sent.text)?.[0] ?? '')
}

/** The lane of whoever has this name at their door. */
async function laneOfAddress(otklik: TestOtklik, externalId: string): Promise<string> {
  const { id } = await one(
    otklik.db,
    sql<{
      id: string
    }>`select contact_point_id as id from subscribers.contact_alias where external_id = ${externalId}`,
  )
  return id
}
