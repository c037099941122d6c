import { notifications } from '@mantine/notifications'
import { assistant } from '../../../contracts/assistant.ts'
import {
  type Conversation,
  type ConversationSummary,
  conversations,
} from '../../../contracts/conversations.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { refreshInbox } from '../inbox/refresh-inbox.ts'
import { setDeliveryOfMessage } from '../live/patch-timeline.ts'
import { refreshTimelines } from '../live/refresh-timelines.ts'
import { say, sayProblem } from '../parts/say.ts'

/** What every act on a conversation does after the server agreed: the screen shows its answer, the lists are read again. */
function absorb(summary: ConversationSummary): void {
  queryClient.setQueryData<Conversation>(['conversation', summary.id], (one) => one && { ...one, ...summary })
  for (const key of ['counters', 'siblings']) void queryClient.invalidateQueries({ queryKey: [key] })
  refreshInbox()
  void queryClient.invalidateQueries({ queryKey: ['conversation', summary.id] })
}

/** Runs an act; a refusal is said, and what changed meanwhile is read again. Tells whether it was done. */
export async function perform(act: () => Promise<ConversationSummary>): Promise<ConversationSummary | null> {
  try {
    const summary = await act()
    absorb(summary)
    return summary
  } catch (error) {
    sayProblem(error)
    void queryClient.invalidateQueries({ queryKey: ['conversation'] })
    refreshInbox()
    return null
  }
}

const params = (id: string) => ({ params: { id } })

/** The assistant goes on with a conversation, which is said; a refusal is said too. */
export async function handBack(id: string, done: string): Promise<void> {
  try {
    await call(assistant.handBackToAssistant, params(id))
    say(done)
  } catch (error) {
    sayProblem(error)
  }
  for (const key of ['conversation', 'counters']) void queryClient.invalidateQueries({ queryKey: [key] })
  refreshInbox()
}

export const claim = (id: string) => perform(() => call(conversations.claimConversation, params(id)))
export const reopen = (id: string) => perform(() => call(conversations.reopenConversation, params(id)))
export const finishCallBack = (id: string) => perform(() => call(conversations.finishCallBack, params(id)))
export const snooze = (id: string, until: string | null) =>
  perform(() => call(conversations.snoozeConversation, { ...params(id), body: { until } }))
export const mute = (id: string, as: 'spam' | 'abuse' | null) =>
  perform(() => call(conversations.muteConversation, { ...params(id), body: { as } }))

/** From this entry on it is another matter; the timeline and both conversations are read again. Gives the new one's number. */
export async function splitFrom(id: string, laneId: string, fromSeq: number): Promise<number | null> {
  const made = await perform(() =>
    call(conversations.splitConversation, { ...params(id), body: { laneId, fromSeq } }),
  )
  if (!made) return null
  for (const key of ['conversation', 'siblings']) void queryClient.invalidateQueries({ queryKey: [key, id] })
  void refreshTimelines()
  return made.number
}

async function decide(act: () => Promise<Parameters<typeof setDeliveryOfMessage>[0]>): Promise<void> {
  try {
    setDeliveryOfMessage(await act())
  } catch (error) {
    sayProblem(error)
  }
}

export const retryMessage = (id: string) => decide(() => call(conversations.retryMessage, params(id)))
export const settleMessage = (id: string, arrived: boolean) =>
  decide(() => call(conversations.settleMessage, { ...params(id), body: { arrived } }))

/** Says what was done with a way back, instead of asking before. */
export function offerUndo(
  message: string,
  word: string,
  undo: () => void,
  button: (props: { word: string; onClick: () => void }) => React.ReactNode,
): void {
  const id = crypto.randomUUID()
  const onClick = () => {
    notifications.hide(id)
    undo()
  }
  notifications.show({
    id,
    title: message,
    message: button({ word, onClick }),
    autoClose: 8000,
    withCloseButton: false,
    color: 'teal',
  })
}
