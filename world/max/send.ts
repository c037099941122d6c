import type { Context } from '../core/context.ts'
import { attach } from './attachments.ts'
import { refusals } from './errors.ts'
import type { NewMessage } from './requests.ts'
import {
  type Dialog,
  keepMessage,
  type MaxState,
  messageById,
  nextIds,
  type StoredMessage,
  userOf,
} from './state.ts'
import type { MaxAttachment, MaxMessage } from './wire.ts'

const editableMs = 7 * 24 * 60 * 60 * 1000

/** The bot writes into a dialog. Raises 400 for a message of nothing. */
export function sendFromBot(
  context: Context,
  state: MaxState,
  dialog: Dialog,
  request: NewMessage,
): MaxMessage {
  const attachments = attach(context, state, request.attachments ?? [])
  if (!request.text && attachments.length === 0 && !request.link) {
    throw refusals.payload('text or attachments must be specified')
  }
  const message = compose(context, state, dialog, true, request.text ?? null, attachments)
  if (request.link) message.link = linkTo(state, request.link)
  keepMessage(state, dialog, message, true)
  dialog.typingUntil = 0
  context.live.changed({ service: 'max', person: dialog.person.key })
  return message
}

/** A message of either side, not yet kept. */
export function compose(
  context: Context,
  state: MaxState,
  dialog: Dialog,
  fromBot: boolean,
  text: string | null,
  attachments: MaxAttachment[],
): MaxMessage {
  const at = context.timing.now()
  const person = userOf(dialog.person, at)
  return {
    sender: fromBot ? { ...state.bot, last_activity_time: at } : person,
    recipient: {
      chat_id: dialog.chatId,
      chat_type: 'dialog',
      user_id: fromBot ? person.user_id : state.bot.user_id,
    },
    timestamp: at,
    body: {
      ...nextIds(state, dialog.chatId, at),
      text,
      attachments: attachments.length > 0 ? attachments : null,
    },
  }
}

export function linkTo(
  state: MaxState,
  link: { type: 'reply' | 'forward'; mid: string },
): MaxMessage['link'] & object {
  const { stored, dialog } = messageById(state, link.mid)
  return {
    type: link.type,
    sender: stored.message.sender,
    chat_id: dialog.chatId,
    message: stored.message.body,
  }
}

/** True if the bot may still change it: its own, with a keyboard or younger than 7 days. */
export function editable(context: Context, stored: StoredMessage): boolean {
  const hasKeyboard = stored.message.body.attachments?.some((one) => one.type === 'inline_keyboard') ?? false
  return stored.fromBot && (hasKeyboard || context.timing.now() - stored.message.timestamp < editableMs)
}

/** Changes a message of the bot; absent `attachments` stay, an empty list removes them. */
export function editFromBot(context: Context, state: MaxState, mid: string, request: NewMessage): boolean {
  const { dialog, stored } = messageById(state, mid)
  if (!editable(context, stored)) return false
  const { body } = stored.message
  if (request.text !== undefined && request.text !== null) body.text = request.text
  if (request.attachments) {
    const attachments = attach(context, state, request.attachments)
    body.attachments = attachments.length > 0 ? attachments : null
  }
  stored.edited = true
  context.live.changed({ service: 'max', person: dialog.person.key })
  return true
}
