import { useSyncExternalStore } from 'react'
import { type Conversation, conversations } from '../../../contracts/conversations.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { createOutbox } from './create-outbox.ts'
import { returnWords } from './return-words.ts'
import type { OutboxMessage } from './unsent-lists.ts'

const UNDO_MS = 5000

/** Answers that the server does not have yet, of all conversations; they outlive the screens and the lock, not the tab. */
export const outbox = createOutbox({ send, giveBack: returnWords })

/** Those of one conversation, live. */
export const useOutbox = (conversationId: string) =>
  useSyncExternalStore(outbox.subscribe, () => outbox.of(conversationId))

async function send(conversationId: string, message: OutboxMessage): Promise<void> {
  const { id, laneId, text, attachments } = message
  const { held } = await call(conversations.sendMessage, {
    params: { id: conversationId },
    body: { id, laneId, text, attachmentIds: attachments.map((one) => one.id), undoMs: UNDO_MS },
    key: id,
  })
  if (held) showHeld(conversationId, held)
}

function showHeld(conversationId: string, held: Conversation['held'][number]): void {
  queryClient.setQueryData<Conversation>(
    ['conversation', conversationId],
    (one) => one && { ...one, held: [...one.held.filter((other) => other.id !== held.id), held] },
  )
}

/** Takes a held message off the screen: it was undone, or its entry is on the way. */
export function dropHeld(conversationId: string, id: string): void {
  queryClient.setQueryData<Conversation>(
    ['conversation', conversationId],
    (one) => one && { ...one, held: one.held.filter((other) => other.id !== id) },
  )
}
