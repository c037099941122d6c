import {
  type ButtonView,
  type ChatView,
  type ItemView,
  type MessageView,
  plainMessage,
} from '../control/view.ts'
import type { Context } from '../core/context.ts'
import { blobIdOf } from './files.ts'
import type { PrivateChat, StoredMessage } from './state.ts'
import type { TgInlineButton, TgMessage, TgReplyButton } from './wire.ts'

/** The chat as the person's phone shows it. */
export function viewOf(context: Context, chat: PrivateChat): ChatView {
  return {
    service: 'telegram',
    person: chat.person.key,
    started: chat.started,
    blocked: chat.blocked,
    typing: chat.typingUntil > context.timing.now(),
    notice: chat.notice,
    keyboard: chat.keyboard.map((row) => row.map(keyView)),
    messages: chat.messages.map((stored) => messageView(context, stored)),
  }
}

function messageView(context: Context, { message, fromBot, deleted }: StoredMessage): MessageView {
  const id = String(message.message_id)
  const base = { id, from: fromBot ? ('operator' as const) : ('person' as const), at: message.date * 1000 }
  if (deleted) return plainMessage({ ...base, text: '' }, { deleted: true })
  const replied = message.reply_to_message?.message_id
  return plainMessage(
    { ...base, text: message.text ?? message.caption ?? '' },
    {
      edited: message.edit_date !== undefined,
      albumId: message.media_group_id,
      replyToId: replied === undefined ? undefined : String(replied),
      items: itemsOf(context, message),
      buttons: message.reply_markup?.inline_keyboard.map((row) => row.map(buttonView)) ?? [],
    },
  )
}

function itemsOf(context: Context, message: TgMessage): ItemView[] {
  const { location, contact, photo, voice, video, document } = message
  if (location) return [{ kind: 'location', latitude: location.latitude, longitude: location.longitude }]
  if (contact)
    return [
      {
        kind: 'contact',
        name: [contact.first_name, contact.last_name].filter(Boolean).join(' '),
        phone: contact.phone_number,
      },
    ]
  return [
    ...fileItem(context, 'photo', photo?.at(-1)?.file_id),
    ...fileItem(context, 'voice', voice?.file_id),
    ...fileItem(context, 'video', video?.file_id),
    ...fileItem(context, 'document', document?.file_id),
  ]
}

function fileItem(
  context: Context,
  kind: 'photo' | 'voice' | 'video' | 'document',
  fileId: string | undefined,
): ItemView[] {
  const blob = fileId === undefined ? undefined : context.blobs.get(blobIdOf(fileId))
  if (!blob) return []
  const url = `${context.origin()}/world/files/${blob.id}`
  return [{ kind, url, name: blob.name, type: blob.type, size: blob.bytes.length }]
}

function buttonView({ text, url }: TgInlineButton): ButtonView {
  return { text, kind: url === undefined ? 'callback' : 'link', url }
}

function keyView(button: TgReplyButton): ButtonView {
  const kind = button.request_contact ? 'contact' : button.request_location ? 'location' : 'message'
  return { text: button.text, kind, url: undefined }
}
