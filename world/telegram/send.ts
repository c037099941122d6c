import type { z } from 'zod'
import type { Context } from '../core/context.ts'
import { bad } from './errors.ts'
import { blobIdOf, contentOf, type FileKind } from './files.ts'
import { type Markup, type Params, read, schemas } from './params.ts'
import { addMessage, findMessage, openChat, type PrivateChat, type TelegramState } from './state.ts'
import { captionOf, checkedText } from './text.ts'
import type { TgContent, TgMessage } from './wire.ts'

/** Limits of uploads in bytes: photos 10 MB, anything else 50 MB. */
const photoMax = 10 * 1024 * 1024
const fileMax = 50 * 1024 * 1024

type SendHead = Pick<z.infer<typeof schemas.sendFile>, 'reply_markup' | 'reply_parameters'>
type Method = (params: Params) => unknown

/** The sending methods of the API. */
export function sendMethods(context: Context, state: TelegramState): Record<string, Method> {
  const put = (chat: PrivateChat, head: SendHead, content: TgContent): TgMessage => {
    const replied = head.reply_parameters && findMessage(chat, head.reply_parameters.message_id)
    if (head.reply_parameters && !replied) throw bad('message to be replied not found')
    checkMarkup(head.reply_markup)
    const message = addMessage(state, chat, true, context.timing.now(), content)
    if (replied) message.reply_to_message = withoutReply(replied.message)
    applyMarkup(chat, message, head.reply_markup)
    chat.typingUntil = 0
    context.live.changed({ service: 'telegram', person: chat.person.key })
    return message
  }

  /** The file of a parameter: sent in this form, or known by its file_id. */
  const fileContent = (kind: FileKind, params: Params, field: string, value: unknown): TgContent => {
    const name =
      typeof value === 'string' && value.startsWith('attach://') ? value.slice('attach://'.length) : field
    const uploaded = params.files.get(name)
    if (uploaded) {
      if (uploaded.bytes.length === 0) throw bad('file must be non-empty')
      if (uploaded.bytes.length > (kind === 'photo' ? photoMax : fileMax))
        throw bad(`file of size ${uploaded.bytes.length} bytes is too big`)
      return contentOf(kind, context.blobs.put(uploaded))
    }
    if (value === undefined) throw bad(`there is no ${kind} in the request`)
    const known = context.blobs.get(blobIdOf(String(value)))
    if (!known) throw bad('wrong file identifier/HTTP URL specified')
    return contentOf(kind, known)
  }

  const sendFile =
    (kind: FileKind): Method =>
    (params) => {
      const asked = read(schemas.sendFile, params)
      const chat = openChat(state, asked.chat_id)
      const content = fileContent(kind, params, kind, params.values[kind])
      return put(chat, asked, { ...content, ...captionOf(asked.caption, asked.parse_mode) })
    }

  return {
    sendMessage: (params) => {
      const asked = read(schemas.sendMessage, params, {
        text: 'message text is empty',
        chat_id: 'chat_id is empty',
      })
      const text = checkedText(asked.text, asked.parse_mode)
      return put(openChat(state, asked.chat_id), asked, { text })
    },
    sendPhoto: sendFile('photo'),
    sendDocument: sendFile('document'),
    sendVoice: sendFile('voice'),
    sendVideo: sendFile('video'),
    sendLocation: (params) => {
      const asked = read(schemas.sendLocation, params)
      const { latitude, longitude } = asked
      return put(openChat(state, asked.chat_id), asked, { location: { latitude, longitude } })
    },
    sendMediaGroup: (params) => {
      const asked = read(schemas.sendMediaGroup, params)
      const chat = openChat(state, asked.chat_id)
      const contents = asked.media.map(({ type, media, caption }) => ({
        ...fileContent(type, params, media, media),
        ...captionOf(caption, asked.parse_mode),
      }))
      const media_group_id = newAlbumId(state)
      return contents.map((content) => put(chat, asked, { ...content, media_group_id }))
    },
    sendChatAction: (params) => {
      const chat = openChat(state, read(schemas.sendChatAction, params).chat_id)
      chat.typingUntil = context.timing.now() + 5_000
      context.live.changed({ service: 'telegram', person: chat.person.key })
      return true
    },
  }
}

export const newAlbumId = (state: TelegramState): string =>
  String(13_900_000_000_000_000n + BigInt(state.lastMessageId))

/** A replied message stands without what it itself replied to. */
export function withoutReply({ reply_to_message: _, ...message }: TgMessage): TgMessage {
  return message
}

/** `callback_data` takes 1–64 bytes, not characters; a button without an action is refused. */
export function checkMarkup(markup: Markup | undefined): void {
  for (const button of markup?.inline_keyboard?.flat() ?? []) {
    const { url, callback_data: data } = button
    if (url === undefined && data === undefined)
      throw bad('Text buttons are unallowed in the inline keyboard')
    if (data !== undefined && (data === '' || Buffer.byteLength(data) > 64)) throw bad('BUTTON_DATA_INVALID')
  }
}

/** Inline buttons stay at the message; the other keyboards belong to the chat. */
export function applyMarkup(chat: PrivateChat, message: TgMessage, markup: Markup | undefined): void {
  if (markup?.inline_keyboard) message.reply_markup = { inline_keyboard: markup.inline_keyboard }
  if (markup?.keyboard) chat.keyboard = markup.keyboard
  if (markup?.remove_keyboard) chat.keyboard = []
}
