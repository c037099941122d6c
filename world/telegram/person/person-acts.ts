import { type Act, CannotAct } from '../../control/acts.ts'
import type { Context } from '../../core/context.ts'
import type { Person } from '../../core/people.ts'
import { privateChat, type TelegramState } from '../state.ts'
import { personText } from '../text.ts'
import type { TelegramUpdates } from '../updates.ts'
import { edit, remove } from './change.ts'
import { press } from './press.ts'
import type { Scene } from './scene.ts'
import { block, start, write, writeContact, writeMedia } from './write.ts'

/** The person's side of Telegram: every act becomes the update that the real service would send. */
export const personActs =
  (context: Context, state: TelegramState, updates: TelegramUpdates) =>
  (person: Person, act: Act): string[] =>
    perform({ context, state, updates, chat: privateChat(state, person) }, act)

function perform(scene: Scene, act: Act): string[] {
  switch (act.act) {
    case 'start':
      return start(scene, act.payload)
    case 'text':
      return write(scene, personText(act.text), act.replyTo)
    case 'media':
      return writeMedia(scene, act)
    case 'contact':
      return writeContact(scene, act.whose)
    case 'location':
      return write(scene, { location: { latitude: act.latitude, longitude: act.longitude } })
    case 'press':
      return press(scene, act)
    case 'edit':
      return edit(scene, act)
    case 'delete':
      return remove(scene, act.messageId)
    case 'block':
      return block(scene, true)
    case 'unblock':
      return block(scene, false)
    case 'mail':
      throw new CannotAct('Telegram carries no mail')
  }
}
