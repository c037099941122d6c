import { type Act, CannotAct } from '../../control/acts.ts'
import type { Context } from '../../core/context.ts'
import type { Person } from '../../core/people.ts'
import { dialogOf, type MaxState } from '../state.ts'
import type { MaxUpdates } from '../updates.ts'
import { edit, remove } from './change.ts'
import { press } from './press.ts'
import type { Scene } from './scene.ts'
import { start, stop, write, writeContact, writeMedia } from './write.ts'

/** The person's side of MAX: every act becomes the update that the real service would send. */
export const personActs =
  (context: Context, state: MaxState, updates: MaxUpdates) =>
  (person: Person, act: Act): string[] =>
    perform({ context, state, updates, dialog: dialogOf(state, person) }, act)

function perform(scene: Scene, act: Act): string[] {
  switch (act.act) {
    case 'start':
      return start(scene, act.payload ?? null)
    case 'text':
      return write(scene, act.text, [], act.replyTo)
    case 'media':
      return writeMedia(scene, act)
    case 'contact':
      return writeContact(scene, act.whose)
    case 'location':
      return write(scene, null, [{ type: 'location', latitude: act.latitude, longitude: act.longitude }])
    case 'press':
      return press(scene, act)
    case 'edit':
      return edit(scene, act)
    case 'delete':
      return remove(scene, act.messageId)
    case 'block':
      return stop(scene)
    case 'unblock':
      return start(scene, null)
    case 'mail':
      throw new CannotAct('MAX carries no mail')
  }
}
