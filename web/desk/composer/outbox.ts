import { type Conversation, conversations } from '../../../contracts/conversations.ts'
import type { Attachment } from '../../../contracts/entries.ts'
import { isProblem } from '../../shared/api/index.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'

/** A message between the agent's Enter and the server's answer. Its id is made here once: a repeat sends once. */
export interface OutboxMessage {
  readonly id: string
  readonly laneId: string
  readonly text: string
  readonly attachments: readonly Attachment[]
  /** The answer did not come: it may have been taken or not; repeating it is safe. */
  readonly stuck: boolean
}

export const UNDO_MS = 5000
export const outboxKey = (conversationId: string) => ['outbox', conversationId] as const

function patch(
  conversationId: string,
  change: (list: readonly OutboxMessage[]) => readonly OutboxMessage[],
): void {
  queryClient.setQueryData<readonly OutboxMessage[]>(outboxKey(conversationId), (list) => change(list ?? []))
}

/** Forgets a message that did not get through. */
export const abandonMessage = (conversationId: string, id: string) =>
  patch(conversationId, (list) => list.filter((one) => one.id !== id))

/** Sends and shows at once. Throws the refusal (the message is then gone from the screen); silence keeps it there, stuck. */
export async function postMessage(conversationId: string, message: OutboxMessage): Promise<void> {
  patch(conversationId, (list) => [
    ...list.filter((one) => one.id !== message.id),
    { ...message, stuck: false },
  ])
  const { id, laneId, text, attachments } = message
  try {
    const { held } = await call(conversations.sendMessage, {
      params: { id: conversationId },
      body: { id, laneId, text, attachmentIds: attachments.map((one) => one.id), undoMs: UNDO_MS },
      key: id,
    })
    if (held) showHeld(conversationId, held)
    abandonMessage(conversationId, id)
  } catch (error) {
    if (isProblem(error, 'network', 'timeout', 'unavailable', 'database_unavailable', 'internal')) {
      return patch(conversationId, (list) =>
        list.map((one) => (one.id === id ? { ...one, stuck: true } : one)),
      )
    }
    abandonMessage(conversationId, id)
    throw error
  }
}

function showHeld(conversationId: string, held: Conversation['held'][number]): void {
  queryClient.setQueryData<Conversation>(
    ['conversation', conversationId],
    (one) => one && { ...one, held: [...one.held.filter((other) => other.id !== held.id), held] },
  )
}

/** Sends a stuck message again under its own id. */
export async function repeatMessage(conversationId: string, id: string): Promise<void> {
  const list = queryClient.getQueryData<readonly OutboxMessage[]>(outboxKey(conversationId))
  const message = list?.find((one) => one.id === id)
  if (message) await postMessage(conversationId, message)
}

/** Takes a held message off the screen: it was undone, or its entry is on the way. */
export function dropHeld(conversationId: string, id: string): void {
  queryClient.setQueryData<Conversation>(
    ['conversation', conversationId],
    (one) => one && { ...one, held: one.held.filter((other) => other.id !== id) },
  )
}
