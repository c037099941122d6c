import { type ActNamed, CannotAct } from '../../control/acts.ts'
import { newToken, userOf } from '../state.ts'
import type { MaxAttachment, MaxMessage } from '../wire.ts'
import { happened, type Scene, storedIn } from './scene.ts'
import { write, writeContact } from './write.ts'

/** Where a person is who lets the phone tell. */
const aPlace: MaxAttachment = { type: 'location', latitude: 59.9386, longitude: 30.3141 }

/** Presses a button of a message: it says something by itself, or the bot is called. */
export function press(scene: Scene, act: ActNamed<'press'>): string[] {
  const { message } = storedIn(scene.dialog, act.messageId)
  const keyboard = message.body.attachments?.find((one) => one.type === 'inline_keyboard')
  const button = keyboard?.payload.buttons[act.row]?.[act.column]
  if (!button) throw new CannotAct('no such button', 404)
  if (button.type === 'request_contact') return writeContact(scene, 'own')
  if (button.type === 'request_geo_location') return write(scene, null, [aPlace])
  if (button.type === 'message') return write(scene, button.text, [])
  if (button.type === 'callback') callBack(scene, message, button.payload)
  return []
}

function callBack(scene: Scene, message: MaxMessage, payload: string): void {
  const { context, state, dialog } = scene
  const at = context.timing.now()
  const user = userOf(dialog.person, at)
  const callback = { timestamp: at, callback_id: newToken(), payload, user }
  state.callbacks.set(callback.callback_id, { mid: message.body.mid })
  happened(scene, {
    update_type: 'message_callback',
    timestamp: at,
    callback,
    message: structuredClone(message),
  })
}
