import { type ActNamed, CannotAct } from '../../control/acts.ts'
import { contentOf } from '../files.ts'
import { blobOf, happened, type Scene, storedIn } from './scene.ts'

export function edit(scene: Scene, { messageId, text, file }: ActNamed<'edit'>): string[] {
  const { message, fromBot } = storedIn(scene.chat, messageId)
  if (fromBot) throw new CannotAct('only own messages can be edited')
  if (file) {
    const kind = (['photo', 'video'] as const).find((one) => message[one] !== undefined) ?? 'document'
    Object.assign(message, contentOf(kind, blobOf(scene, file)))
  }
  if (text !== undefined && message.text === undefined) message.caption = text
  else if (text !== undefined) message.text = text
  message.edit_date = Math.floor(scene.context.timing.now() / 1000)
  happened(scene, { edited_message: message })
  return [messageId]
}

/** A person may clear their own messages; the Bot API tells bots nothing of it. */
export function remove({ context, chat }: Scene, messageId: string): string[] {
  storedIn(chat, messageId).deleted = true
  context.live.changed({ service: 'telegram', person: chat.person.key })
  return [messageId]
}
