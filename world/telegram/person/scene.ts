import { CannotAct, type SentFile } from '../../control/acts.ts'
import type { Blob } from '../../core/blobs.ts'
import type { Context } from '../../core/context.ts'
import { findMessage, type PrivateChat, type StoredMessage, type TelegramState } from '../state.ts'
import type { TelegramUpdates } from '../updates.ts'
import type { TgEvent } from '../wire.ts'

/** One person before their chat with the bot. */
export interface Scene {
  readonly context: Context
  readonly state: TelegramState
  readonly updates: TelegramUpdates
  readonly chat: PrivateChat
}

/** The bot is told, and whoever looks at the phone. */
export function happened({ context, updates, chat }: Scene, event: TgEvent): void {
  // Later edits must not change what is already on its way.
  updates.publish(structuredClone(event), chat.person.userId)
  context.live.changed({ service: 'telegram', person: chat.person.key })
}

export const blobOf = ({ context }: Scene, { name, type, base64 }: SentFile): Blob =>
  context.blobs.put({ name, type, bytes: Buffer.from(base64, 'base64') })

export function storedIn(chat: PrivateChat, messageId: string): StoredMessage {
  const stored = findMessage(chat, Number(messageId))
  if (!stored) throw new CannotAct('no such message', 404)
  return stored
}
