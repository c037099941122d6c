import { conversations } from '../../../contracts/conversations.ts'
import { type ApiProblem, isProblem } from '../../shared/api/index.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { sayProblem } from '../parts/say.ts'
import type { DraftContent } from './draft-keeper.ts'
import type { OutboxMessage } from './unsent-lists.ts'
import { takeBack } from './words.ts'

type Taker = (message: OutboxMessage, problem: ApiProblem | null) => void
const takers = new Map<string, Taker>()

/** The open composer takes the words of its conversation itself; gives the way to withdraw. */
export function offerField(conversationId: string, take: Taker): () => void {
  takers.set(conversationId, take)
  return () => {
    if (takers.get(conversationId) === take) takers.delete(conversationId)
  }
}

/** Gives the words of a message that will not leave back to the agent: into the open field, else into the draft. */
export async function returnWords(
  conversationId: string,
  message: OutboxMessage,
  problem: ApiProblem | null,
): Promise<boolean> {
  const take = takers.get(conversationId)
  if (take) {
    take(message, problem)
    return true
  }
  if (problem) sayProblem(problem)
  try {
    await putIntoDraft(conversationId, message)
    return true
  } catch (error) {
    if (isProblem(error)) return false
    throw error
  }
}

async function putIntoDraft(conversationId: string, message: OutboxMessage): Promise<void> {
  const params = { id: conversationId }
  const { draft } = await call(conversations.getConversation, { params })
  // It was a draft before it was sent, and the server forgets that only with the message in hand.
  if (draft?.text.includes(message.text)) return
  const written: DraftContent = draft ?? { text: '', laneId: null, note: false, attachments: [] }
  const { text, laneId, note, attachments } = takeBack(written, { ...message, note: false })
  const attachmentIds = attachments.map((one) => one.id)
  await call(conversations.saveDraft, {
    params,
    body: { text, laneId, note, attachmentIds, version: draft?.version ?? 0 },
  })
  void queryClient.invalidateQueries({ queryKey: ['conversation', conversationId] })
}
