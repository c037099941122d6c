import { randomBytes } from 'node:crypto'
import { type ActNamed, CannotAct } from '../../control/acts.ts'
import { userOf } from '../state.ts'
import { personText } from '../text.ts'
import { happened, type Scene, storedIn } from './scene.ts'
import { write, writeContact } from './write.ts'

/** Where a person is who lets the phone tell. */
const A_PLACE = { latitude: 59.9386, longitude: 30.3141 }

/** Presses a button of a message, or of the keyboard under the input line. */
export const press = (scene: Scene, act: ActNamed<'press'>): string[] =>
  act.messageId === 'keyboard' ? pressKeyboard(scene, act) : pressInline(scene, act)

function pressInline(scene: Scene, { messageId, row, column }: ActNamed<'press'>): string[] {
  const { state, chat } = scene
  const { message } = storedIn(chat, messageId)
  const button = message.reply_markup?.inline_keyboard[row]?.[column]
  if (!button) throw new CannotAct('no such button', 404)
  if (button.callback_data === undefined) return []
  const id = randomBytes(8).readBigUInt64BE().toString()
  state.callbacks.set(id, chat.person.userId)
  const query = {
    id,
    from: userOf(chat.person),
    message,
    chat_instance: `${chat.person.userId}0`,
    data: button.callback_data,
  }
  happened(scene, { callback_query: query })
  return []
}

/** What stands on such a button is said as if it were typed. */
function pressKeyboard(scene: Scene, { row, column }: ActNamed<'press'>): string[] {
  const button = scene.chat.keyboard[row]?.[column]
  if (!button) throw new CannotAct('no such button', 404)
  if (button.request_contact) return writeContact(scene, 'own')
  if (button.request_location) return write(scene, { location: A_PLACE })
  return write(scene, personText(button.text))
}
