import {
  type ButtonView,
  type ChatView,
  type ItemView,
  type MessageView,
  plainMessage,
} from '../control/view.ts'
import type { Context } from '../core/context.ts'
import type { Dialog, StoredMessage } from './state.ts'
import type { MaxAttachment, MaxButton } from './wire.ts'

/** The dialog as the person's phone shows it. */
export function viewOf(context: Context, dialog: Dialog): ChatView {
  return {
    service: 'max',
    person: dialog.person.key,
    started: dialog.started,
    blocked: dialog.stopped,
    typing: dialog.typingUntil > context.timing.now(),
    notice: dialog.notice,
    keyboard: [],
    messages: dialog.messages.map((stored) => messageView(context, stored)),
  }
}

function messageView(context: Context, stored: StoredMessage): MessageView {
  const { body, timestamp, link } = stored.message
  const base = {
    id: body.mid,
    from: stored.fromBot ? ('operator' as const) : ('person' as const),
    at: timestamp,
  }
  if (stored.deleted) return plainMessage({ ...base, text: '' }, { deleted: true })
  const keyboard = body.attachments?.find((one) => one.type === 'inline_keyboard')
  return plainMessage(
    { ...base, text: body.text ?? '' },
    {
      edited: stored.edited,
      replyToId: link?.type === 'reply' ? link.message.mid : undefined,
      items: (body.attachments ?? []).flatMap((one) => itemView(context, one)),
      buttons: keyboard?.payload.buttons.map((row) => row.map(buttonView)) ?? [],
    },
  )
}

const kinds = { image: 'photo', audio: 'voice', video: 'video', file: 'document' } as const

function itemView(context: Context, attachment: MaxAttachment): ItemView[] {
  switch (attachment.type) {
    case 'inline_keyboard':
      return []
    case 'location':
      return [{ kind: 'location', latitude: attachment.latitude, longitude: attachment.longitude }]
    case 'contact': {
      const line = (name: string) =>
        new RegExp(`^${name}[^:\\r\\n]*:(.*)$`, 'm').exec(attachment.payload.vcf_info)
      return [{ kind: 'contact', name: line('FN')?.[1]?.trim() ?? '', phone: line('TEL')?.[1]?.trim() ?? '' }]
    }
    default: {
      const { url } = attachment.payload
      const blob = context.blobs.get(url.split('/').at(-2) ?? '')
      if (!blob) return []
      return [
        { kind: kinds[attachment.type], url, name: blob.name, type: blob.type, size: blob.bytes.length },
      ]
    }
  }
}

const buttonKinds: Partial<Record<MaxButton['type'], ButtonView['kind']>> = {
  callback: 'callback',
  link: 'link',
  request_contact: 'contact',
  request_geo_location: 'location',
  message: 'message',
}

function buttonView(button: MaxButton): ButtonView {
  const url = button.type === 'link' ? button.url : undefined
  return { text: button.text, kind: buttonKinds[button.type] ?? 'other', url }
}
