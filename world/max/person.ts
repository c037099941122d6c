import { type Act, type ActNamed, CannotAct, type SentFile } from '../control/acts.ts'
import type { Context } from '../core/context.ts'
import type { Person } from '../core/people.ts'
import { attachmentOf } from './attachments.ts'
import { contactHash, vcfOf } from './contact.ts'
import { compose, linkTo } from './send.ts'
import {
  type Dialog,
  dialogOf,
  keepMessage,
  type MaxState,
  newToken,
  type StoredMessage,
  userOf,
} from './state.ts'
import type { MaxUpdates } from './updates.ts'
import type { MaxAttachment, MaxUpdate } from './wire.ts'

/** The person's side of MAX: every act becomes the update that the real service would send. */
export function personActs(
  context: Context,
  state: MaxState,
  updates: MaxUpdates,
): (person: Person, act: Act) => string[] {
  const happened = (dialog: Dialog, update: MaxUpdate): void => {
    updates.publish({ user_locale: dialog.person.locale, ...update }, dialog.chatId)
    context.live.changed({ service: 'max', person: dialog.person.key })
  }

  const start = (dialog: Dialog, payload: string | null): string[] => {
    dialog.started = true
    dialog.stopped = false
    const at = context.timing.now()
    const user = userOf(dialog.person, at)
    happened(dialog, { update_type: 'bot_started', timestamp: at, chat_id: dialog.chatId, user, payload })
    return []
  }

  const write = (
    dialog: Dialog,
    text: string | null,
    attachments: MaxAttachment[],
    replyTo?: string,
  ): string[] => {
    if (!dialog.started || dialog.stopped) start(dialog, null)
    const message = compose(context, state, dialog, false, text, attachments)
    const replied = replyTo === undefined ? undefined : ownStored(dialog, replyTo)
    if (replied) message.link = linkTo(state, { type: 'reply', mid: replied.message.body.mid })
    keepMessage(state, dialog, message, false)
    // Later edits must not change what is already on its way.
    happened(dialog, {
      update_type: 'message_created',
      timestamp: message.timestamp,
      message: structuredClone(message),
    })
    return [message.body.mid]
  }

  const blobOf = ({ name, type, base64 }: SentFile) =>
    context.blobs.put({ name, type, bytes: Buffer.from(base64, 'base64') })

  const media = (dialog: Dialog, { kind, files, text }: ActNamed<'media'>): string[] => {
    const type = ({ photo: 'image', voice: 'audio', video: 'video', document: 'file' } as const)[kind]
    const attachments = files.map((file) => {
      return attachmentOf(context, type, blobOf(file), newToken())
    })
    // Photos and films travel together; anything else is alone in its message.
    if (type === 'image' || type === 'video') return write(dialog, text ?? null, attachments)
    return attachments.flatMap((one, index) => write(dialog, index === 0 ? (text ?? null) : null, [one]))
  }

  const contact = (dialog: Dialog, whose: ActNamed<'contact'>['whose']): string[] => {
    const { person } = dialog
    const card = whose === 'other' ? { firstName: 'Сосед', lastName: '', msisdn: '79000000999' } : person
    const vcfInfo = vcfOf(card)
    const hash = {
      own: contactHash(vcfInfo, state.token),
      other: null,
      forged: contactHash(vcfInfo, 'not-the-token'),
    }
    const maxInfo = whose === 'other' ? null : userOf(person, context.timing.now())
    const payload = { vcf_info: vcfInfo, hash: hash[whose], max_info: maxInfo }
    return write(dialog, null, [{ type: 'contact', payload }])
  }

  const press = (dialog: Dialog, act: ActNamed<'press'>): string[] => {
    const { message } = ownStored(dialog, act.messageId)
    const keyboard = message.body.attachments?.find((one) => one.type === 'inline_keyboard')
    const button = keyboard?.payload.buttons[act.row]?.[act.column]
    if (!button) throw new CannotAct('no such button', 404)
    if (button.type === 'request_contact') return contact(dialog, 'own')
    if (button.type === 'request_geo_location') return write(dialog, null, [aPlace])
    if (button.type === 'message') return write(dialog, button.text, [])
    if (button.type !== 'callback') return []
    const at = context.timing.now()
    const callback = {
      timestamp: at,
      callback_id: newToken(),
      payload: button.payload,
      user: userOf(dialog.person, at),
    }
    state.callbacks.set(callback.callback_id, { mid: message.body.mid })
    happened(dialog, {
      update_type: 'message_callback',
      timestamp: at,
      callback,
      message: structuredClone(message),
    })
    return []
  }

  const edit = (dialog: Dialog, { messageId, text, file }: ActNamed<'edit'>): string[] => {
    const stored = ownStored(dialog, messageId)
    if (stored.fromBot) throw new CannotAct('only own messages can be edited')
    const { body } = stored.message
    if (text !== undefined) body.text = text
    if (file) {
      const type = body.attachments?.find((one) => one.type === 'image') ? 'image' : 'file'
      body.attachments = [attachmentOf(context, type, blobOf(file), newToken())]
    }
    stored.edited = true
    const message = structuredClone(stored.message)
    happened(dialog, { update_type: 'message_edited', timestamp: context.timing.now(), message })
    return [messageId]
  }

  const remove = (dialog: Dialog, messageId: string): string[] => {
    const stored = ownStored(dialog, messageId)
    if (stored.fromBot) throw new CannotAct('only own messages can be deleted')
    stored.deleted = true
    const ids = { message_id: messageId, chat_id: dialog.chatId, user_id: dialog.person.userId }
    happened(dialog, { update_type: 'message_removed', timestamp: context.timing.now(), ...ids })
    return [messageId]
  }

  const stop = (dialog: Dialog): string[] => {
    dialog.stopped = true
    const at = context.timing.now()
    const user = userOf(dialog.person, at)
    happened(dialog, { update_type: 'bot_stopped', timestamp: at, chat_id: dialog.chatId, user })
    return []
  }

  return (person, act) => {
    const dialog = dialogOf(state, person)
    switch (act.act) {
      case 'start':
        return start(dialog, act.payload ?? null)
      case 'text':
        return write(dialog, act.text, [], act.replyTo)
      case 'media':
        return media(dialog, act)
      case 'contact':
        return contact(dialog, act.whose)
      case 'location':
        return write(dialog, null, [{ type: 'location', latitude: act.latitude, longitude: act.longitude }])
      case 'press':
        return press(dialog, act)
      case 'edit':
        return edit(dialog, act)
      case 'delete':
        return remove(dialog, act.messageId)
      case 'block':
        return stop(dialog)
      case 'unblock':
        return start(dialog, null)
      case 'mail':
        throw new CannotAct('MAX carries no mail')
    }
  }
}

/** Where a person is who lets the phone tell. */
const aPlace: MaxAttachment = { type: 'location', latitude: 59.9386, longitude: 30.3141 }

function ownStored(dialog: Dialog, mid: string): StoredMessage {
  const stored = dialog.messages.find((one) => one.message.body.mid === mid && !one.deleted)
  if (!stored) throw new CannotAct('no such message', 404)
  return stored
}
