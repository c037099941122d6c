import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { type Conversation, conversations, Draft } from '../../../contracts/conversations.ts'
import { isProblem } from '../../shared/api/index.ts'
import { call } from '../data/api.ts'
import { beforeLeaving, beforeUnload } from '../session/leave.ts'
import { createDraftKeeper, type DraftContent, type KeptDraft } from './draft-keeper.ts'
import { outbox } from './outbox.ts'

/** The server's draft as the field shows it. Words that are on their way as a message are not written twice. */
function keptOf({ id, draft, replyLaneId }: Conversation): KeptDraft {
  const isOnItsWay = outbox.of(id).some((one) => one.text === draft?.text)
  const { text, laneId, note, attachments } =
    draft && !isOnItsWay ? draft : { text: '', laneId: null, note: false, attachments: [] }
  return { text, laneId: laneId ?? replyLaneId, note, attachments, version: draft?.version ?? 0 }
}

const currentOf = (error: unknown) =>
  isProblem(error, 'conflict') ? (Draft.safeParse(error.facts.current).data ?? null) : null

function put(id: string, content: DraftContent, version: number, parting: boolean): Promise<number> {
  const { text, laneId, note, attachments } = content
  const body = { text, laneId, note, attachmentIds: attachments.map((one) => one.id), version }
  return call(conversations.saveDraft, { params: { id }, body, keepalive: parting }).then(
    (kept) => kept.version,
  )
}

/** The unsent answer of a conversation, kept on the server while it is written. */
export function useDraft(conversation: Conversation, onConflict: () => void) {
  const { id } = conversation
  const tell = useRef(onConflict)
  tell.current = onConflict
  const [keeper] = useState(() =>
    createDraftKeeper(
      {
        put: (content, version, parting) => put(id, content, version, parting),
        currentOf,
        onConflict: () => tell.current(),
      },
      keptOf(conversation),
    ),
  )
  useEffect(() => {
    if (conversation.draft) keeper.adopt(keptOf(conversation))
  }, [conversation, keeper])
  useEffect(() => {
    const stops = [beforeLeaving(keeper.save), beforeUnload(keeper.isInDanger, keeper.flush)]
    return () => {
      for (const stop of stops) stop()
      void keeper.save()
    }
  }, [keeper])
  useEffect(() => {
    let count = outbox.of(id).length
    return outbox.subscribe(() => {
      // With a message the server forgets the draft, and what has been written since with it.
      if (outbox.of(id).length < count) keeper.touch()
      count = outbox.of(id).length
    })
  }, [id, keeper])
  const state = useSyncExternalStore(keeper.subscribe, keeper.content)
  return { state, change: keeper.change, handOver: keeper.handOver }
}
