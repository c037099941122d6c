import { randomBytes } from 'node:crypto'
import type { Person } from '../core/people.ts'
import { refusals } from './errors.ts'
import type { MaxMessage, MaxUpdate, MaxUser } from './wire.ts'

export interface StoredMessage {
  message: MaxMessage
  fromBot: boolean
  edited: boolean
  deleted: boolean
}

/** The dialog of one person with the bot. */
export interface Dialog {
  chatId: number
  person: Person
  started: boolean
  stopped: boolean
  messages: StoredMessage[]
  /** The bot's "typing" shows until then. */
  typingUntil: number
  notice: { text: string; at: number } | undefined
}

export interface Upload {
  id: string
  type: 'image' | 'video' | 'audio' | 'file'
  token: string
  blobId: string | undefined
  /** A token is refused as not ready until then. */
  readyAt: number
  parts: Buffer[]
}

export interface MaxState {
  bot: MaxUser
  token: string
  dialogs: Map<number, Dialog>
  messages: Map<string, { dialog: Dialog; stored: StoredMessage }>
  uploads: Map<string, Upload>
  callbacks: Map<string, { mid: string }>
  /** Everything that ever happened; a marker is an index into it. */
  updates: { update: MaxUpdate; chatId: number }[]
  lastSeq: number
}

/** A dialog's chat id is not the user's id (a client that mixes them up must fail). */
const dialogChatId = (userId: number): number => 500_000_000 + userId

export function createMaxState(token: string, name: string, username: string): MaxState {
  const bot = aUser(9_000_001, name, null, username, true, 0)
  const empty = {
    dialogs: new Map(),
    messages: new Map(),
    uploads: new Map(),
    callbacks: new Map(),
    updates: [],
  }
  return { bot, token, lastSeq: 0, ...empty }
}

function aUser(
  userId: number,
  firstName: string,
  lastName: string | null,
  username: string | null,
  isBot: boolean,
  at: number,
): MaxUser {
  const name = lastName === null ? firstName : `${firstName} ${lastName}`
  return {
    user_id: userId,
    first_name: firstName,
    last_name: lastName,
    username,
    name,
    is_bot: isBot,
    last_activity_time: at,
  }
}

export const userOf = (person: Person, at: number): MaxUser =>
  aUser(person.userId, person.firstName, person.lastName, null, false, at)

/** The person's dialog, made at the first look; it counts as opened only when `started`. */
export function dialogOf(state: MaxState, person: Person): Dialog {
  const chatId = dialogChatId(person.userId)
  const known = state.dialogs.get(chatId)
  if (known) return known
  const dialog: Dialog = {
    chatId,
    person,
    started: false,
    stopped: false,
    messages: [],
    typingUntil: 0,
    notice: undefined,
  }
  state.dialogs.set(chatId, dialog)
  return dialog
}

/** A dialog that the bot may write to. Raises 404 if the person never opened it, 403 if they stopped the bot. */
export function openDialog(
  state: MaxState,
  to: { chat_id?: number | undefined; user_id?: number | undefined },
): Dialog {
  if (to.chat_id === undefined && to.user_id === undefined) {
    throw refusals.payload('Either chat_id or user_id must be specified')
  }
  const dialog = state.dialogs.get(to.chat_id ?? dialogChatId(to.user_id ?? 0))
  if (!dialog?.started)
    throw to.chat_id === undefined ? refusals.dialogNotFound() : refusals.chatNotFound(to.chat_id)
  if (dialog.stopped) throw refusals.suspended()
  return dialog
}

/** Ids as the service makes them: a rising sequence, and a `mid` that hides chat and sequence. */
export function nextIds(state: MaxState, chatId: number, at: number): { mid: string; seq: number } {
  state.lastSeq = Math.max(state.lastSeq + 1, at * 1000)
  const mid = `mid.${chatId.toString(16).padStart(16, '0')}${state.lastSeq.toString(16).padStart(16, '0')}`
  return { mid, seq: state.lastSeq }
}

export function keepMessage(
  state: MaxState,
  dialog: Dialog,
  message: MaxMessage,
  fromBot: boolean,
): StoredMessage {
  const stored = { message, fromBot, edited: false, deleted: false }
  dialog.messages.push(stored)
  state.messages.set(message.body.mid, { dialog, stored })
  return stored
}

/** Raises 404 if there is no such message, or no longer. */
export function messageById(state: MaxState, mid: string): { dialog: Dialog; stored: StoredMessage } {
  const found = state.messages.get(mid)
  if (!found || found.stored.deleted) throw refusals.messageNotFound(mid)
  return found
}

export const newToken = (): string => randomBytes(24).toString('base64url')
