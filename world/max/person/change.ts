import { type ActNamed, CannotAct } from '../../control/acts.ts'
import { attachmentOf } from '../attachments.ts'
import { newToken } from '../state.ts'
import { blobOf, happened, type Scene, storedIn } from './scene.ts'

export function edit(scene: Scene, { messageId, text, file }: ActNamed<'edit'>): string[] {
  const { context, dialog } = scene
  const stored = storedIn(dialog, messageId)
  if (stored.fromBot) throw new CannotAct('only own messages can be edited')
  const { body } = stored.message
  if (text !== undefined) body.text = text
  if (file) {
    const type = body.attachments?.find((one) => one.type === 'image') ? 'image' : 'file'
    body.attachments = [attachmentOf(context, type, blobOf(scene, file), newToken())]
  }
  stored.edited = true
  const message = structuredClone(stored.message)
  happened(scene, { update_type: 'message_edited', timestamp: context.timing.now(), message })
  return [messageId]
}

export function remove(scene: Scene, messageId: string): string[] {
  const { context, dialog } = scene
  const stored = storedIn(dialog, messageId)
  if (stored.fromBot) throw new CannotAct('only own messages can be deleted')
  stored.deleted = true
  const ids = { message_id: messageId, chat_id: dialog.chatId, user_id: dialog.person.userId }
  happened(scene, { update_type: 'message_removed', timestamp: context.timing.now(), ...ids })
  return [messageId]
}
