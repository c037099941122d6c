import { useCallback, useEffect, useRef, useState } from 'react'
import { type Conversation, conversations } from '../../../contracts/conversations.ts'
import type { Attachment } from '../../../contracts/entries.ts'
import { isProblem } from '../../shared/api/index.ts'
import { call } from '../data/api.ts'
import { conversationQuery } from '../data/conversation.ts'
import { queryClient } from '../data/query-client.ts'
import { beforeLeaving } from '../session/leave.ts'

const PAUSE_MS = 800

export interface DraftState {
  readonly text: string
  readonly laneId: string | null
  readonly note: boolean
  readonly attachments: readonly Attachment[]
}

const fromServer = (draft: Conversation['draft'], replyLaneId: string | null): DraftState => ({
  text: draft?.text ?? '',
  laneId: draft?.laneId ?? replyLaneId,
  note: draft?.note ?? false,
  attachments: draft?.attachments ?? [],
})

const sameContent = (draft: NonNullable<Conversation['draft']>, { text, attachments }: DraftState): boolean =>
  draft.text === text &&
  draft.attachments.map((one) => one.id).join() === attachments.map((one) => one.id).join()

/**
 * The unsent answer: here at once, on the server after a pause, so that a reload or another device finds it.
 * When another device wrote meanwhile, the newest wins: ours while we are writing, theirs when we are not.
 */
export function useDraft(conversation: Conversation, onConflict: () => void) {
  const { id, draft, replyLaneId } = conversation
  const [state, setState] = useState(() => fromServer(draft, replyLaneId))
  const version = useRef(draft?.version ?? 0)
  const latest = useRef(state)
  const dirty = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const save = useCallback(async () => {
    clearTimeout(timer.current)
    if (!dirty.current) return
    dirty.current = false
    const { text, laneId, note, attachments } = latest.current
    const body = { text, laneId, note, attachmentIds: attachments.map((one) => one.id) }
    const put = (base: number) =>
      call(conversations.saveDraft, { params: { id }, body: { ...body, version: base } })
    try {
      version.current = (await put(version.current)).version
    } catch (error) {
      if (!isProblem(error, 'conflict')) {
        dirty.current = true
        return
      }
      const fresh = await queryClient.fetchQuery({ ...conversationQuery(id), staleTime: 0 })
      const theirs = fresh.draft
      if (theirs && theirs.text !== '' && theirs.text !== text) onConflict()
      version.current = (await put(theirs?.version ?? 0)).version
    }
  }, [id, onConflict])

  const change = useCallback(
    (part: Partial<DraftState>) => {
      latest.current = { ...latest.current, ...part }
      setState(latest.current)
      dirty.current = true
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void save().catch(() => undefined), PAUSE_MS)
    },
    [save],
  )

  useEffect(() => {
    if (!draft || draft.version <= version.current) return
    version.current = draft.version
    if (dirty.current || sameContent(draft, latest.current)) return
    latest.current = fromServer(draft, replyLaneId)
    setState(latest.current)
    if (draft.text !== '') onConflict()
  }, [draft, replyLaneId, onConflict])

  useEffect(() => {
    const stop = beforeLeaving(save)
    return () => {
      stop()
      void save().catch(() => undefined)
    }
  }, [save])

  return { state, change }
}
