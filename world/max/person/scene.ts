import { CannotAct, type SentFile } from '../../control/acts.ts'
import type { Blob } from '../../core/blobs.ts'
import type { Context } from '../../core/context.ts'
import type { Dialog, MaxState, StoredMessage } from '../state.ts'
import type { MaxUpdates } from '../updates.ts'
import type { MaxUpdate } from '../wire.ts'

/** One person before their dialog with the bot. */
export interface Scene {
  readonly context: Context
  readonly state: MaxState
  readonly updates: MaxUpdates
  readonly dialog: Dialog
}

/** The bot is told, and whoever looks at the phone. */
export function happened({ context, updates, dialog }: Scene, update: MaxUpdate): void {
  updates.publish({ user_locale: dialog.person.locale, ...update }, dialog.chatId)
  context.live.changed({ service: 'max', person: dialog.person.key })
}

export const blobOf = ({ context }: Scene, { name, type, base64 }: SentFile): Blob =>
  context.blobs.put({ name, type, bytes: Buffer.from(base64, 'base64') })

export function storedIn(dialog: Dialog, mid: string): StoredMessage {
  const stored = dialog.messages.find((one) => one.message.body.mid === mid && !one.deleted)
  if (!stored) throw new CannotAct('no such message', 404)
  return stored
}
