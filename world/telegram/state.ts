import type { Person } from '../core/people.ts'
import { bad, refusals } from './errors.ts'
import type { TgChat, TgContent, TgMessage, TgReplyButton, TgUpdate, TgUser } from './wire.ts'

export interface StoredMessage {
  message: TgMessage
  fromBot: boolean
  deleted: boolean
}

/** The private chat of one person with the bot. */
export interface PrivateChat {
  person: Person
  started: boolean
  blocked: boolean
  messages: StoredMessage[]
  /** Keyboard under the input line, as the bot last set it. */
  keyboard: TgReplyButton[][]
  /** The bot's chat action shows until then, in milliseconds. */
  typingUntil: number
  notice: { text: string; at: number } | undefined
}

export interface Webhook {
  url: string
  secretToken: string | undefined
  maxConnections: number
  lastError: { date: number; message: string } | undefined
}

export interface TelegramState {
  bot: TgUser
  token: string
  chats: Map<number, PrivateChat>
  /** Updates that nobody has taken yet. */
  pending: { update: TgUpdate; chatId: number; at: number }[]
  /** Everything that ever happened, for tests. */
  log: TgUpdate[]
  /** undefined: all but the few that must be asked for. */
  allowedUpdates: Set<string> | undefined
  webhook: Webhook | undefined
  callbacks: Map<string, number>
  lastMessageId: number
  lastUpdateId: number
}

/** @param token `<bot id>:<secret>`, as BotFather gives it */
export function createTelegramState(token: string, name: string, username: string): TelegramState {
  const bot: TgUser = { id: Number(token.split(':')[0]) || 1, is_bot: true, first_name: name, username }
  const ids = { lastMessageId: 0, lastUpdateId: 870_000_000 }
  const maps = { chats: new Map(), callbacks: new Map() }
  return { bot, token, ...maps, pending: [], log: [], allowedUpdates: undefined, webhook: undefined, ...ids }
}

export function userOf(person: Person): TgUser {
  const user: TgUser = {
    id: person.userId,
    is_bot: false,
    first_name: person.firstName,
    language_code: person.locale,
  }
  if (person.lastName !== '') user.last_name = person.lastName
  return user
}

export function chatOf(person: Person): TgChat {
  const chat: TgChat = { id: person.userId, type: 'private', first_name: person.firstName }
  if (person.lastName !== '') chat.last_name = person.lastName
  return chat
}

export function privateChat(state: TelegramState, person: Person): PrivateChat {
  const known = state.chats.get(person.userId)
  if (known) return known
  const chat: PrivateChat = {
    person,
    started: false,
    blocked: false,
    messages: [],
    keyboard: [],
    typingUntil: 0,
    notice: undefined,
  }
  state.chats.set(person.userId, chat)
  return chat
}

/** A chat that the bot may write to. Raises 400 if it never was opened, 403 if the person blocked the bot. */
export function openChat(state: TelegramState, chatId: number): PrivateChat {
  const chat = state.chats.get(chatId)
  if (!chat?.started) throw bad('chat not found')
  if (chat.blocked) throw refusals.blocked()
  return chat
}

/** Puts a message of either side into the chat; ids rise over all chats of the bot. */
export function addMessage(
  state: TelegramState,
  chat: PrivateChat,
  fromBot: boolean,
  atMs: number,
  content: TgContent,
): TgMessage {
  state.lastMessageId += 1
  const message: TgMessage = {
    message_id: state.lastMessageId,
    from: fromBot ? state.bot : userOf(chat.person),
    chat: chatOf(chat.person),
    date: Math.floor(atMs / 1000),
    ...content,
  }
  chat.messages.push({ message, fromBot, deleted: false })
  return message
}

export function findMessage(chat: PrivateChat, messageId: number): StoredMessage | undefined {
  return chat.messages.find((one) => one.message.message_id === messageId && !one.deleted)
}
