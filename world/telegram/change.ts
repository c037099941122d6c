import type { Context } from '../core/context.ts'
import { bad } from './errors.ts'
import { blobIdOf, pathOf } from './files.ts'
import { type Params, read, schemas } from './params.ts'
import { applyMarkup, checkMarkup } from './send.ts'
import { findMessage, openChat, type PrivateChat, type StoredMessage, type TelegramState } from './state.ts'
import { checkedText } from './text.ts'

/** A bot may delete within 48 hours; files come down up to 20 MB. */
const deletableS = 48 * 60 * 60
const downloadMax = 20 * 1024 * 1024

/** Methods that change what was sent, answer a button, or find a file. */
export function changeMethods(
  context: Context,
  state: TelegramState,
): Record<string, (params: Params) => unknown> {
  const changed = (chat: PrivateChat): void =>
    context.live.changed({ service: 'telegram', person: chat.person.key })
  const nowS = (): number => Math.floor(context.timing.now() / 1000)

  const editable = (chat: PrivateChat, messageId: number): StoredMessage => {
    const stored = findMessage(chat, messageId)
    if (!stored) throw bad('message to edit not found')
    if (!stored.fromBot) throw bad("message can't be edited")
    return stored
  }

  return {
    editMessageText: (params) => {
      const asked = read(schemas.editMessageText, params, { text: 'message text is empty' })
      const text = checkedText(asked.text, asked.parse_mode)
      checkMarkup(asked.reply_markup)
      const chat = openChat(state, asked.chat_id)
      const { message } = editable(chat, asked.message_id)
      if (message.text === undefined) throw bad('there is no text in the message to edit')
      const before = JSON.stringify([message.text, message.reply_markup])
      const after = asked.reply_markup?.inline_keyboard && {
        inline_keyboard: asked.reply_markup.inline_keyboard,
      }
      if (before === JSON.stringify([text, after])) {
        throw bad(
          'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
        )
      }
      message.text = text
      message.edit_date = nowS()
      delete message.reply_markup
      applyMarkup(chat, message, asked.reply_markup)
      changed(chat)
      return message
    },
    editMessageReplyMarkup: (params) => {
      const asked = read(schemas.editMessageReplyMarkup, params)
      checkMarkup(asked.reply_markup)
      const chat = openChat(state, asked.chat_id)
      const { message } = editable(chat, asked.message_id)
      message.edit_date = nowS()
      delete message.reply_markup
      applyMarkup(chat, message, asked.reply_markup)
      changed(chat)
      return message
    },
    deleteMessage: (params) => {
      const asked = read(schemas.deleteMessage, params)
      const chat = openChat(state, asked.chat_id)
      const stored = findMessage(chat, asked.message_id)
      if (!stored) throw bad('message to delete not found')
      if (nowS() - stored.message.date > deletableS) throw bad("message can't be deleted for everyone")
      stored.deleted = true
      changed(chat)
      return true
    },
    answerCallbackQuery: (params) => {
      const asked = read(schemas.answerCallbackQuery, params)
      const chatId = state.callbacks.get(asked.callback_query_id)
      if (chatId === undefined)
        throw bad('query is too old and response timeout expired or query ID is invalid')
      state.callbacks.delete(asked.callback_query_id)
      const chat = openChat(state, chatId)
      if (asked.text) chat.notice = { text: asked.text, at: context.timing.now() }
      changed(chat)
      return true
    },
    getFile: (params) => {
      const { file_id } = read(schemas.getFile, params, { file_id: 'file_id not specified' })
      const blob = context.blobs.get(blobIdOf(file_id))
      if (!blob) throw bad('wrong file_id or the file is temporarily unavailable')
      if (blob.bytes.length > downloadMax) throw bad('file is too big')
      const file_path = pathOf(file_id, blob)
      return { file_id, file_unique_id: blob.id.slice(0, 15), file_size: blob.bytes.length, file_path }
    },
  }
}
