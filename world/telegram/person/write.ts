import type { ActNamed } from '../../control/acts.ts'
import { contentOf } from '../files.ts'
import { newAlbumId, withoutReply } from '../send.ts'
import { addMessage, chatOf, userOf } from '../state.ts'
import { personText } from '../text.ts'
import type { TgContent, TgMember } from '../wire.ts'
import { blobOf, happened, type Scene, storedIn } from './scene.ts'

/** Opens the chat; the app sends its command as a message. */
export function start(scene: Scene, payload: string | undefined): string[] {
  scene.chat.started = true
  return write(scene, personText(payload === undefined ? '/start' : `/start ${payload}`))
}

export function block(scene: Scene, blocked: boolean): string[] {
  const { context, state, chat } = scene
  if (chat.blocked === blocked) return []
  chat.blocked = blocked
  const member: TgMember = { user: state.bot, status: 'member' }
  const kicked: TgMember = { user: state.bot, status: 'kicked', until_date: 0 }
  const [old_chat_member, new_chat_member] = blocked ? [member, kicked] : [kicked, member]
  const date = Math.floor(context.timing.now() / 1000)
  const who = { chat: chatOf(chat.person), from: userOf(chat.person), date }
  happened(scene, { my_chat_member: { ...who, old_chat_member, new_chat_member } })
  return []
}

export function write(scene: Scene, content: TgContent, replyTo?: string): string[] {
  const { context, state, chat } = scene
  if (chat.blocked) block(scene, false)
  if (!chat.started) start(scene, undefined)
  const replied = replyTo === undefined ? undefined : storedIn(chat, replyTo)
  const message = addMessage(state, chat, false, context.timing.now(), content)
  if (replied) message.reply_to_message = withoutReply(replied.message)
  happened(scene, { message })
  return [String(message.message_id)]
}

export function writeMedia(scene: Scene, { kind, files, text }: ActNamed<'media'>): string[] {
  const album: TgContent = files.length > 1 ? { media_group_id: newAlbumId(scene.state) } : {}
  return files.flatMap((file, index) => {
    const blob = blobOf(scene, file)
    const caption: TgContent = index === 0 && text ? { caption: text } : {}
    return write(scene, { ...contentOf(kind, blob), ...caption, ...album })
  })
}

export function writeContact(scene: Scene, whose: ActNamed<'contact'>['whose']): string[] {
  const { person } = scene.chat
  const { first_name, last_name } = userOf(person)
  const name = last_name === undefined ? { first_name } : { first_name, last_name }
  const own = { phone_number: person.msisdn, ...name, user_id: person.userId }
  const cards: Record<typeof whose, NonNullable<TgContent['contact']>> = {
    own,
    // A card from the address book: of somebody without an account, or of somebody else with one.
    other: { phone_number: '79000000999', first_name: 'Сосед' },
    forged: { ...own, phone_number: '79000000999', user_id: person.userId + 1 },
  }
  return write(scene, { contact: cards[whose] })
}
