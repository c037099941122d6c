import type { Conversation } from '../../../contracts/conversations.ts'
import type { ServerFrame } from '../../../contracts/realtime.ts'
import { queryClient } from '../data/query-client.ts'
import { noteAway, noteBack } from '../data/service.ts'
import { refreshInbox } from '../inbox/refresh-inbox.ts'
import { refreshBook } from '../market/refresh-book.ts'
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

/** The one place where live frames change what the desk knows. */
export function applyFrame(frame: ServerFrame): void {
  switch (frame.type) {
    case 'entries':
      addEntries(frame.entries)
      break
    case 'delivery':
      setDelivery(frame.laneId, frame.seq, frame.delivery)
      break
    case 'held':
      patchConversation(frame.conversationId, (one) => ({ ...one, held: frame.held }))
      break
    case 'read':
      markRead(frame.laneId, frame.seq)
      break
    case 'conversation':
      refetch('conversation', frame.conversationId)
      break
    case 'inbox':
      refreshInbox()
      break
    case 'typing':
      noteTypist(frame.conversationId, frame.by.kind, frame.by.name)
      break
    case 'viewers':
      queryClient.setQueryData(['viewers', frame.conversationId], frame.agents)
      break
    case 'resync':
      refetch('conversation', frame.conversationId)
      // Whose lanes and lines these are may have changed.
      refetch('card')
      refetch('lines-of')
      void queryClient.resetQueries({ queryKey: ['timeline', frame.conversationId] })
      break
    // What screens show of a line stands under its id.
    case 'line':
      refetch('line', frame.lineId)
      refetch('lines-of')
      break
    case 'approvals':
      refetch('approvals')
      refetch('market', 'deals')
      break
    case 'market-book':
      refreshBook(frame.book)
      break
    case 'service':
      if (frame.available) noteBack()
      else noteAway()
      break
    case 'ended':
      sessionEnds.dispatchEvent(new Event(frame.reason))
      break
    default:
      break
  }
}
