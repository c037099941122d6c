import type { ChatConfig, ChatMessage, ChatPage } from '../../../contracts/chat.ts'
import type { Attachment } from '../../../contracts/entries.ts'
import type { ServerFrame } from '../../../contracts/realtime.ts'

/** The frames of `/realtime` that are meant for visitors. */
export type ChatFrame = Extract<
  ServerFrame,
  { type: 'ready' | 'chat' | 'chat-typing' | 'chat-read' | 'beat' | 'ended' | 'pong' }
>

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isStringArray = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

const isListOf = <T>(value: unknown, isItem: (item: unknown) => item is T): value is T[] =>
  Array.isArray(value) && value.every(isItem)

const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string'

export const isAttachment = (value: unknown): value is Attachment =>
  isRecord(value) &&
  typeof value.id === 'string' &&
  typeof value.name === 'string' &&
  typeof value.mediaType === 'string' &&
  typeof value.bytes === 'number' &&
  typeof value.state === 'string'

const isButton = (value: unknown): value is ChatMessage['buttons'][number] =>
  isRecord(value) && typeof value.title === 'string' && typeof value.payload === 'string'

export const isChatMessage = (value: unknown): value is ChatMessage =>
  isRecord(value) &&
  typeof value.seq === 'number' &&
  typeof value.from === 'string' &&
  typeof value.at === 'string' &&
  isTextOrNull(value.id) &&
  isTextOrNull(value.name) &&
  isTextOrNull(value.text) &&
  isListOf(value.attachments, isAttachment) &&
  isListOf(value.buttons, isButton)

export const isChatPage = (value: unknown): value is ChatPage =>
  isRecord(value) &&
  isListOf(value.messages, isChatMessage) &&
  typeof value.lastSeq === 'number' &&
  typeof value.readByVisitor === 'number' &&
  typeof value.readByAgent === 'number' &&
  typeof value.more === 'boolean'

export const isChatConfig = (value: unknown): value is ChatConfig =>
  isRecord(value) &&
  typeof value.operator === 'string' &&
  typeof value.accent === 'string' &&
  typeof value.radius === 'number' &&
  typeof value.textMax === 'number' &&
  typeof value.attachmentMaxBytes === 'number' &&
  typeof value.attachmentsMax === 'number' &&
  isRecord(value.greeting) &&
  isRecord(value.quickReplies)

export const isVisitor = (value: unknown): value is { visitorId: string; token: string } =>
  isRecord(value) && typeof value.visitorId === 'string' && typeof value.token === 'string'

export const isStored = (value: unknown): value is { seq: number | null; at: string } =>
  isRecord(value) && typeof value.at === 'string' && (value.seq === null || typeof value.seq === 'number')

/** Which fields a frame must have besides its type; frames of unknown types are not for us. */
const frameFits: Record<ChatFrame['type'], (frame: Record<string, unknown>) => boolean> = {
  ready: () => true,
  pong: () => true,
  chat: (frame) => isListOf(frame.messages, isChatMessage) && typeof frame.lastSeq === 'number',
  'chat-typing': (frame) => isTextOrNull(frame.name),
  'chat-read': (frame) => typeof frame.seq === 'number',
  beat: (frame) => isRecord(frame.laneSeqs),
  ended: (frame) => typeof frame.reason === 'string',
}

const isChatFrame = (value: unknown): value is ChatFrame => {
  if (!isRecord(value) || typeof value.type !== 'string') return false
  const fits = Object.entries(frameFits).find(([type]) => type === value.type)
  return fits?.[1](value) ?? false
}

/** Reads one text frame; anything that is not for a visitor is undefined. */
export const readFrame = (data: unknown): ChatFrame | undefined => {
  try {
    const frame: unknown = JSON.parse(String(data))
    return isChatFrame(frame) ? frame : undefined
  } catch {
    return undefined
  }
}
