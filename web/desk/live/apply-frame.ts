import type { Conversation } from '../../../contracts/conversations.ts'
import type { ServerFrame } from '../../../contracts/realtime.ts'
import { queryClient } from '../data/query-client.ts'
import { addEntries, setDelivery } from './patch-timeline.ts'
import { noteTypist } from './presence.ts'

/** Tells the session gate that the server ended or locked the session. */
export const sessionEnds = new EventTarget()

const refetch = (...queryKey: string[]) => void queryClient.invalidateQueries({ queryKey })

function patchConversation(id: string, patch: (one: Conversation) => Conversation): void {
  queryClient.setQueryData<Conversation>(['conversation', id], (one) => one && patch(one))
}

function markRead(laneId: string, seq: number): void {
  queryClient.setQueriesData<Conversation>({ queryKey: ['conversation'] }, (one) => {
    const lanes = one?.lanes.map((lane) =>
      lane.laneId === laneId ? { ...lane, lastReadSeq: Math.max(lane.lastReadSeq, seq) } : lane,
    )
    return one && lanes && { ...one, lanes }
  })
}

let inboxTimer: ReturnType<typeof setTimeout> | undefined
/** A storm of notices is one refetch. */
function refetchInboxSoon(): void {
  if (inboxTimer !== undefined) return
  inboxTimer = setTimeout(() => {
    inboxTimer = undefined
    refetch('inbox')
    refetch('counters')
  }, 300)
}

/** The one place where live frames change what the desk knows. */
export function applyFrame(frame: ServerFrame): void {
  switch (frame.type) {
    case 'entries':
      return addEntries(frame.entries)
    case 'delivery':
      return setDelivery(frame.laneId, frame.seq, frame.delivery)
    case 'held':
      return patchConversation(frame.conversationId, (one) => ({ ...one, held: frame.held }))
    case 'read':
      return markRead(frame.laneId, frame.seq)
    case 'conversation':
      return refetch('conversation', frame.conversationId)
    case 'inbox':
      return refetchInboxSoon()
    case 'typing':
      return noteTypist(frame.conversationId, frame.by.kind, frame.by.name)
    case 'viewers':
      return void queryClient.setQueryData(['viewers', frame.conversationId], frame.agents)
    case 'resync':
      refetch('conversation', frame.conversationId)
      return void queryClient.resetQueries({ queryKey: ['timeline', frame.conversationId] })
    case 'ended':
      return void sessionEnds.dispatchEvent(new Event(frame.reason))
    default:
      return
  }
}
