import type { ActNamed } from '../../control/acts.ts'
import { attachmentOf } from '../attachments.ts'
import { contactHash, vcfOf } from '../contact.ts'
import { compose, linkTo } from '../send.ts'
import { keepMessage, newToken, userOf } from '../state.ts'
import type { MaxAttachment } from '../wire.ts'
import { blobOf, happened, type Scene, storedIn } from './scene.ts'

/** Opens the dialog, or comes back to it. */
export function start(scene: Scene, payload: string | null): string[] {
  const { context, dialog } = scene
  dialog.started = true
  dialog.stopped = false
  const at = context.timing.now()
  const user = userOf(dialog.person, at)
  happened(scene, { update_type: 'bot_started', timestamp: at, chat_id: dialog.chatId, user, payload })
  return []
}

export function stop(scene: Scene): string[] {
  const { context, dialog } = scene
  dialog.stopped = true
  const at = context.timing.now()
  const user = userOf(dialog.person, at)
  happened(scene, { update_type: 'bot_stopped', timestamp: at, chat_id: dialog.chatId, user })
  return []
}

export function write(
  scene: Scene,
  text: string | null,
  attachments: MaxAttachment[],
  replyTo?: string,
): string[] {
  const { context, state, dialog } = scene
  if (!dialog.started || dialog.stopped) start(scene, null)
  const message = compose(context, state, dialog, false, text, attachments)
  const replied = replyTo === undefined ? undefined : storedIn(dialog, replyTo)
  if (replied) message.link = linkTo(state, { type: 'reply', mid: replied.message.body.mid })
  keepMessage(state, dialog, message, false)
  // Later edits must not change what is already on its way.
  happened(scene, {
    update_type: 'message_created',
    timestamp: message.timestamp,
    message: structuredClone(message),
  })
  return [message.body.mid]
}

const TYPE_OF = { photo: 'image', voice: 'audio', video: 'video', document: 'file' } as const

export function writeMedia(scene: Scene, { kind, files, text }: ActNamed<'media'>): string[] {
  const type = TYPE_OF[kind]
  const attachments = files.map((file) => attachmentOf(scene.context, type, blobOf(scene, file), newToken()))
  // Photos and films travel together; anything else is alone in its message.
  if (type === 'image' || type === 'video') return write(scene, text ?? null, attachments)
  return attachments.flatMap((one, index) => write(scene, index === 0 ? (text ?? null) : null, [one]))
}

export function writeContact(scene: Scene, whose: ActNamed<'contact'>['whose']): string[] {
  const { context, state, dialog } = scene
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
  return write(scene, null, [{ type: 'contact', payload }])
}
