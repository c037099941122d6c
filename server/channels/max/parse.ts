import type { ChannelAccountRow, InboundEvent } from '../../care/timeline/index.ts'
import { parseExactJson } from '../../platform/exact-json.ts'
import { contentOf, readAttachments, wordsOf } from './content.ts'
import {
  AnyUpdate,
  isKnownKind,
  type MaxMessage,
  MaxUpdate,
  type MaxUser,
  nameOf,
  type UpdateOf,
} from './wire.ts'

/**
 * Reads one update. A new message is named by its `mid`, a pressed button by its `callback_id`; updates that have no name of their own
 * get one from what they are about and when it happened, which a repeat repeats.
 * @throws SyntaxError · z.ZodError the payload is no update
 */
export function parseUpdate(account: ChannelAccountRow, payload: Buffer): InboundEvent[] {
  const raw = AnyUpdate.parse(parseExactJson(payload.toString('utf8')))
  if (!isKnownKind(raw.update_type)) return [{ kind: 'ignored', why: `update of kind ${raw.update_type}` }]
  return [eventOf(account, MaxUpdate.parse(raw))]
}

function eventOf(account: ChannelAccountRow, update: MaxUpdate): InboundEvent {
  switch (update.update_type) {
    case 'message_created':
      return createdEvent(account, update)
    case 'message_edited':
      return editedEvent(account, update)
    case 'message_removed':
      return removedEvent(account, update)
    case 'message_callback':
      return pressEvent(account, update)
    case 'bot_started':
    case 'bot_stopped':
      return reachabilityEvent(account, update)
  }
}

function createdEvent(account: ChannelAccountRow, update: UpdateOf<'message_created'>): InboundEvent {
  const { message } = update
  const { sender, body, link } = message
  const why = strangeness(message)
  if (why !== undefined || !sender) return { kind: 'ignored', why: why ?? 'message of nobody' }
  const bare = `forward:${sender.user_id}:${message.timestamp}:${link?.message.mid ?? ''}`
  return {
    kind: 'message',
    key: body?.mid ?? bare,
    from: sightingOf(account, sender, update.user_locale),
    providerAt: new Date(message.timestamp),
    ...contentOf(message, sender.user_id, account.secrets.token),
    ...(body && { messageId: body.mid }),
    ...(link?.type === 'reply' && { replyTo: link.message.mid }),
  }
}

function editedEvent(
  account: ChannelAccountRow,
  { message, timestamp }: UpdateOf<'message_edited'>,
): InboundEvent {
  const why = strangeness(message)
  const { sender, body } = message
  if (why !== undefined || !sender || !body) return { kind: 'ignored', why: why ?? 'edit of nothing' }
  return {
    kind: 'edit',
    key: `edited:${body.mid}:${timestamp}`,
    from: sightingOf(account, sender),
    providerAt: new Date(timestamp),
    messageId: body.mid,
    text: wordsOf(body),
    files: contentOf(message, sender.user_id, account.secrets.token).files ?? [],
  }
}

function removedEvent(account: ChannelAccountRow, update: UpdateOf<'message_removed'>): InboundEvent {
  // Groups have negative ids; the update says no more about its chat.
  if (update.chat_id.startsWith('-')) return { kind: 'ignored', why: 'removal in a chat' }
  return {
    kind: 'deletion',
    key: `removed:${update.message_id}:${update.timestamp}`,
    from: sightingOf(account, { user_id: update.user_id }),
    providerAt: new Date(update.timestamp),
    messageId: update.message_id,
  }
}

function pressEvent(account: ChannelAccountRow, update: UpdateOf<'message_callback'>): InboundEvent {
  const { callback, message } = update
  if (message && message.recipient.chat_type !== 'dialog') return { kind: 'ignored', why: 'button in a chat' }
  if (!callback.payload) return { kind: 'ignored', why: 'button without payload' }
  return {
    kind: 'message',
    key: callbackKey(callback.callback_id),
    from: sightingOf(account, callback.user, update.user_locale),
    providerAt: new Date(callback.timestamp),
    body: {
      type: 'message',
      text: titleOf(message ?? null, callback.payload),
      choice: callback.payload,
    },
  }
}

function titleOf(message: MaxMessage | null, payload: string): string {
  const keyboard = readAttachments(message?.body?.attachments ?? []).known.find(
    (one) => one.type === 'inline_keyboard',
  )
  return keyboard?.payload.buttons.flat().find((button) => button.payload === payload)?.text ?? payload
}

function reachabilityEvent(
  account: ChannelAccountRow,
  update: UpdateOf<'bot_started'> | UpdateOf<'bot_stopped'>,
): InboundEvent {
  const { update_type: kind, user, timestamp, user_locale } = update
  const token = kind === 'bot_started' ? update.payload : undefined
  return {
    kind: 'reachability',
    key: `${kind}:${user.user_id}:${timestamp}`,
    from: sightingOf(account, user, user_locale),
    providerAt: new Date(timestamp),
    reachable: kind === 'bot_started',
    ...(token && { startToken: token }),
  }
}

/** Why a message is not for a timeline, if it is not. */
function strangeness({ recipient, sender }: MaxMessage): string | undefined {
  if (recipient.chat_type !== 'dialog') return `message in a ${recipient.chat_type}`
  return sender?.is_bot ? 'message of a bot' : undefined
}

function sightingOf(account: ChannelAccountRow, user: MaxUser, locale?: string | null) {
  const name = nameOf(user)
  return {
    channelAccountId: account.id,
    channel: account.kind,
    externalId: user.user_id,
    address: user.user_id,
    ...(name && { displayName: name }),
    ...(user.username && { username: user.username }),
    ...(locale && { locale }),
  }
}

const CALLBACK = 'callback:'
const callbackKey = (callbackId: string): string => CALLBACK + callbackId

/** The callback that an event came of, if it is a pressed button. */
export function callbackIdOf(event: InboundEvent): string | undefined {
  return event.kind === 'message' && event.key.startsWith(CALLBACK)
    ? event.key.slice(CALLBACK.length)
    : undefined
}
