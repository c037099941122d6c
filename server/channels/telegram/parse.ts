import type { ChannelAccountRow, InboundEvent } from '../../care/timeline/index.ts'
import { parseExactJson } from '../../platform/exact-json.ts'
import { contentOf, filesOf } from './content.ts'
import {
  type TelegramCallback,
  type TelegramMembership,
  type TelegramMessage,
  TelegramUpdate,
  type TelegramUser,
} from './wire.ts'
import { wordsOf } from './words.ts'

/**
 * Reads one update. Events are named by `update_id`, which an edit has of its own; a pressed button by its callback's id, which is what it
 * is answered by. Messages are named `chat:message`: their numbers are counted in each chat.
 * @throws SyntaxError · z.ZodError the payload is no update
 */
export function parseUpdate(account: ChannelAccountRow, payload: Buffer): InboundEvent[] {
  const update = TelegramUpdate.parse(parseExactJson(payload.toString('utf8')))
  return [eventOf(account, update)]
}

function eventOf(account: ChannelAccountRow, update: TelegramUpdate): InboundEvent {
  const {
    update_id: key,
    message,
    edited_message: edited,
    callback_query: callback,
    my_chat_member: member,
  } = update
  if (message) return messageEvent(account, key, message)
  if (edited) return editEvent(account, key, edited)
  if (callback) return pressEvent(account, callback)
  if (member) return membershipEvent(account, key, member)
  const kind = Object.keys(update).find((name) => name !== 'update_id') ?? 'nothing'
  return { kind: 'ignored', why: `update of kind ${kind}` }
}

function messageEvent(account: ChannelAccountRow, key: string, message: TelegramMessage): InboundEvent {
  const { chat, from } = message
  if (chat.type !== 'private' || !from) return { kind: 'ignored', why: `message in a ${chat.type}` }
  if (from.is_bot) return { kind: 'ignored', why: 'message of a bot' }
  const base = { key, from: sightingOf(account, from), providerAt: new Date(message.date * 1000) }
  const start = /^\/start(?:@\w+)?(?:\s+(\S+))?\s*$/.exec(message.text ?? '')
  if (start) {
    return { kind: 'reachability', ...base, reachable: true, ...(start[1] && { startToken: start[1] }) }
  }
  const content = contentOf(message)
  if (!content) return { kind: 'ignored', why: 'service message' }
  const { reply_to_message: replied, media_group_id: album } = message
  return {
    kind: 'message',
    ...base,
    ...content,
    messageId: nameOf(message),
    ...(replied && { replyTo: threadNameOf(replied) }),
    ...(album !== undefined && { album }),
  }
}

/** Words and files are edited here; a moving location has neither. */
function editEvent(account: ChannelAccountRow, key: string, message: TelegramMessage): InboundEvent {
  const { chat, from } = message
  if (chat.type !== 'private' || !from || from.is_bot)
    return { kind: 'ignored', why: `edit in a ${chat.type}` }
  const text = wordsOf(message)
  const files = filesOf(message)
  const { media_group_id: album } = message
  if (text === undefined && files.length === 0) return { kind: 'ignored', why: 'edit without words or files' }
  return {
    kind: 'edit',
    key,
    from: sightingOf(account, from),
    providerAt: new Date((message.edit_date ?? message.date) * 1000),
    messageId: threadNameOf(message),
    part: nameOf(message),
    ...wordsAfter(text, album),
    files,
  }
}

/** The words of an album stand at one of its parts; an edit of another says nothing of them. */
function wordsAfter(text: string | undefined, album: string | undefined): { text?: string } {
  return text === undefined && album !== undefined ? {} : { text: text ?? '' }
}

function pressEvent(account: ChannelAccountRow, callback: TelegramCallback): InboundEvent {
  const { from, message, data } = callback
  if (message && message.chat.type !== 'private')
    return { kind: 'ignored', why: `button in a ${message.chat.type}` }
  if (data === undefined) return { kind: 'ignored', why: 'button without data' }
  const buttons = message?.reply_markup?.inline_keyboard.flat() ?? []
  const title = buttons.find((button) => button.callback_data === data)?.text ?? data
  return {
    kind: 'message',
    key: callbackKey(callback.id),
    from: sightingOf(account, from),
    // A callback carries no time of its own.
    providerAt: null,
    body: { type: 'message', text: title, choice: data },
  }
}

function membershipEvent(account: ChannelAccountRow, key: string, member: TelegramMembership): InboundEvent {
  if (member.chat.type !== 'private') return { kind: 'ignored', why: `membership in a ${member.chat.type}` }
  return {
    kind: 'reachability',
    key,
    from: sightingOf(account, member.from),
    providerAt: new Date(member.date * 1000),
    reachable: member.new_chat_member.status !== 'kicked',
  }
}

function sightingOf(account: ChannelAccountRow, user: TelegramUser) {
  return {
    channelAccountId: account.id,
    channel: account.kind,
    externalId: user.id,
    // The chat with a person has the person's number.
    address: user.id,
    displayName: [user.first_name, user.last_name].filter(Boolean).join(' '),
    ...(user.username !== undefined && { username: user.username }),
    ...(user.language_code !== undefined && { locale: user.language_code }),
  }
}

type Named = Pick<TelegramMessage, 'message_id' | 'chat' | 'media_group_id'>

export function nameOf({ chat, message_id }: Pick<Named, 'chat' | 'message_id'>): string {
  return `${chat.id}:${message_id}`
}

/** An album is one message on the timeline, known by the album's name. */
function threadNameOf(message: Named): string {
  return message.media_group_id === undefined ? nameOf(message) : `album:${message.media_group_id}`
}

const CALLBACK = 'callback:'
const callbackKey = (callbackId: string): string => CALLBACK + callbackId

/** The callback that an event came of, if it is a pressed button. */
export function callbackIdOf(event: InboundEvent): string | undefined {
  return event.kind === 'message' && event.key.startsWith(CALLBACK)
    ? event.key.slice(CALLBACK.length)
    : undefined
}
