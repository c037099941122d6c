import { randomBytes } from 'node:crypto'
import { type Act, type ActNamed, CannotAct, type SentFile } from '../control/acts.ts'
import type { Context } from '../core/context.ts'
import type { Person } from '../core/people.ts'
import { contentOf } from './files.ts'
import { newAlbumId, withoutReply } from './send.ts'
import {
  addMessage,
  chatOf,
  findMessage,
  type PrivateChat,
  privateChat,
  type StoredMessage,
  type TelegramState,
  userOf,
} from './state.ts'
import { personText } from './text.ts'
import type { TelegramUpdates } from './updates.ts'
import type { TgContent, TgEvent, TgMember, TgMessage } from './wire.ts'

/** The person's side of Telegram: every act becomes the update that the real service would send. */
export function personActs(
  context: Context,
  state: TelegramState,
  updates: TelegramUpdates,
): (person: Person, act: Act) => string[] {
  const happened = (chat: PrivateChat, event: TgEvent): void => {
    // Later edits must not change what is already on its way.
    updates.publish(structuredClone(event), chat.person.userId)
    context.live.changed({ service: 'telegram', person: chat.person.key })
  }

  const write = (chat: PrivateChat, content: TgContent, replyTo?: string): string[] => {
    if (chat.blocked) block(chat, false)
    if (!chat.started) start(chat, undefined)
    const replied = replyTo === undefined ? undefined : storedOf(chat, replyTo)
    const message = addMessage(state, chat, false, context.timing.now(), content)
    if (replied) message.reply_to_message = withoutReply(replied.message)
    happened(chat, { message })
    return [String(message.message_id)]
  }

  const start = (chat: PrivateChat, payload: string | undefined): string[] => {
    chat.started = true
    return write(chat, personText(payload === undefined ? '/start' : `/start ${payload}`))
  }

  const blobOf = ({ name, type, base64 }: SentFile) =>
    context.blobs.put({ name, type, bytes: Buffer.from(base64, 'base64') })

  const media = (chat: PrivateChat, { kind, files, text }: ActNamed<'media'>): string[] => {
    const album: TgContent = files.length > 1 ? { media_group_id: newAlbumId(state) } : {}
    return files.flatMap((file, index) => {
      const blob = blobOf(file)
      const caption: TgContent = index === 0 && text ? { caption: text } : {}
      return write(chat, { ...contentOf(kind, blob), ...caption, ...album })
    })
  }

  const contact = (chat: PrivateChat, whose: ActNamed<'contact'>['whose']): string[] => {
    const { person } = chat
    const { first_name, last_name } = userOf(person)
    const name = last_name === undefined ? { first_name } : { first_name, last_name }
    const own = { phone_number: person.msisdn, ...name, user_id: person.userId }
    const cards: Record<typeof whose, NonNullable<TgContent['contact']>> = {
      own,
      // A card from the address book: of somebody without an account, or of somebody else with one.
      other: { phone_number: '79000000999', first_name: 'Сосед' },
      forged: { ...own, phone_number: '79000000999', user_id: person.userId + 1 },
    }
    return write(chat, { contact: cards[whose] })
  }

  const press = (chat: PrivateChat, act: ActNamed<'press'>): string[] => {
    if (act.messageId === 'keyboard') return pressKeyboard(chat, act)
    const { message } = storedOf(chat, act.messageId)
    const button = message.reply_markup?.inline_keyboard[act.row]?.[act.column]
    if (!button) throw new CannotAct('no such button', 404)
    if (button.callback_data === undefined) return []
    const id = randomBytes(8).readBigUInt64BE().toString()
    state.callbacks.set(id, chat.person.userId)
    const query = {
      id,
      from: userOf(chat.person),
      message,
      chat_instance: `${chat.person.userId}0`,
      data: button.callback_data,
    }
    happened(chat, { callback_query: query })
    return []
  }

  const pressKeyboard = (chat: PrivateChat, { row, column }: ActNamed<'press'>): string[] => {
    const button = chat.keyboard[row]?.[column]
    if (!button) throw new CannotAct('no such button', 404)
    if (button.request_contact) return contact(chat, 'own')
    if (button.request_location) return write(chat, { location: { latitude: 59.9386, longitude: 30.3141 } })
    return write(chat, personText(button.text))
  }

  const edit = (chat: PrivateChat, { messageId, text, file }: ActNamed<'edit'>): string[] => {
    const { message, fromBot } = storedOf(chat, messageId)
    if (fromBot) throw new CannotAct('only own messages can be edited')
    if (file) {
      const kind = (['photo', 'video'] as const).find((one) => message[one] !== undefined) ?? 'document'
      Object.assign(message, contentOf(kind, blobOf(file)))
    }
    if (text !== undefined && message.text === undefined) message.caption = text
    else if (text !== undefined) message.text = text
    message.edit_date = Math.floor(context.timing.now() / 1000)
    happened(chat, { edited_message: message })
    return [messageId]
  }

  /** A person may clear their own messages; the Bot API tells bots nothing of it. */
  const remove = (chat: PrivateChat, messageId: string): string[] => {
    storedOf(chat, messageId).deleted = true
    context.live.changed({ service: 'telegram', person: chat.person.key })
    return [messageId]
  }

  const block = (chat: PrivateChat, blocked: boolean): string[] => {
    if (chat.blocked === blocked) return []
    chat.blocked = blocked
    const member: TgMember = { user: state.bot, status: 'member' }
    const kicked: TgMember = { user: state.bot, status: 'kicked', until_date: 0 }
    const [old_chat_member, new_chat_member] = blocked ? [member, kicked] : [kicked, member]
    const date = Math.floor(context.timing.now() / 1000)
    const who = { chat: chatOf(chat.person), from: userOf(chat.person), date }
    happened(chat, { my_chat_member: { ...who, old_chat_member, new_chat_member } })
    return []
  }

  return (person, act) => {
    const chat = privateChat(state, person)
    switch (act.act) {
      case 'start':
        return start(chat, act.payload)
      case 'text':
        return write(chat, personText(act.text), act.replyTo)
      case 'media':
        return media(chat, act)
      case 'contact':
        return contact(chat, act.whose)
      case 'location':
        return write(chat, { location: { latitude: act.latitude, longitude: act.longitude } })
      case 'press':
        return press(chat, act)
      case 'edit':
        return edit(chat, act)
      case 'delete':
        return remove(chat, act.messageId)
      case 'block':
        return block(chat, true)
      case 'unblock':
        return block(chat, false)
      case 'mail':
        throw new CannotAct('Telegram carries no mail')
    }
  }
}

function storedOf(chat: PrivateChat, messageId: string): StoredMessage & { message: TgMessage } {
  const stored = findMessage(chat, Number(messageId))
  if (!stored) throw new CannotAct('no such message', 404)
  return stored
}
